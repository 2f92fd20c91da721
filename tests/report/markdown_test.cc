#include <sstream>

#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string markdown_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::markdown, {}, out);
    return out.str();
}

TEST(MarkdownReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.md", markdown_of(testing::every_fault()->audit()));
}

TEST(MarkdownReport, FoldsALongHistory) {
    expect_golden("report/long_history.md", markdown_of(testing::long_history()->audit()));
}

TEST(MarkdownReport, StaysUnderTheLimitOfAStepSummary) {
    testing::Sample sample;
    for (int number = 0; number < 20'000; ++number) {
        const std::string version = "1.0." + std::to_string(number);
        sample.release("v" + version, version, 1'700'000'000, verify::Verdict::drifted);
        sample.declare({manifest::Surface::yaml, "", std::to_string(number) + ".yaml", 1, 1, "x"},
                       "v0", verify::Verdict::drifted, verify::Fault::older, "v" + version);
        sample.breaks("declared-version", verify::Severity::error);
    }
    const std::string text = markdown_of(sample.audit());
    EXPECT_LT(text.size(), 1u << 20);
    EXPECT_NE(text.find(" older releases are left out here.\n"), std::string::npos);
    EXPECT_NE(text.find(" older findings are left out here.\n"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::report
