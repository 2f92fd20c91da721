#include <sstream>

#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string html_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::html, {.tool_version = "0.1.0", .now = 1'700'000'000}, out);
    return out.str();
}

TEST(HtmlReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.html", html_of(testing::every_fault()->audit()));
}

TEST(HtmlReport, FoldsALongHistory) {
    expect_golden("report/long_history.html", html_of(testing::long_history()->audit()));
}

}  // namespace
}  // namespace lockstep::report
