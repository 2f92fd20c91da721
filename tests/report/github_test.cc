#include <sstream>

#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string github_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::github, {}, out);
    return out.str();
}

TEST(GithubReport, ShowsEveryFault) {
    expect_golden("report/every_fault.github", github_of(testing::every_fault()->audit()));
}

TEST(GithubReport, IsOneAnnotationForAMistakeThatRepeats) {
    expect_golden("report/long_history.github", github_of(testing::long_history()->audit()));
}

TEST(GithubReport, EveryLineIsACommandOfItsOwn) {
    std::istringstream lines(github_of(testing::every_fault()->audit()));
    for (std::string line; std::getline(lines, line);) {
        const bool is_annotation = line.starts_with("::error ") || line.starts_with("::warning ") ||
                                   line.starts_with("::notice ");
        EXPECT_TRUE(is_annotation) << line;
    }
}

}  // namespace
}  // namespace lockstep::report
