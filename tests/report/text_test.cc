#include <sstream>

#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string text_of(const verify::Audit& audit, const Options& options) {
    std::ostringstream out;
    write(audit, Format::text, options, out);
    return out.str();
}

TEST(TextReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.txt", text_of(testing::every_fault()->audit(), {}));
}

TEST(TextReport, IsTheSameTextInColour) {
    expect_golden("report/every_fault.ansi",
                  text_of(testing::every_fault()->audit(), {.color = true}));
}

TEST(TextReport, FoldsALongHistory) {
    expect_golden("report/long_history.txt", text_of(testing::long_history()->audit(), {}));
}

TEST(TextReport, ShowsFindingsAloneWhenQuiet) {
    expect_golden("report/long_history_quiet.txt",
                  text_of(testing::long_history()->audit(), {.quiet = true}));
}

TEST(TextReport, ShowsEveryDeclarationWhenVerbose) {
    expect_golden("report/every_fault_verbose.txt",
                  text_of(testing::every_fault()->audit(), {.verbose = true}));
}

}  // namespace
}  // namespace lockstep::report
