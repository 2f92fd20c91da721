#include <sstream>

#include "report/json_schema.h"
#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

constexpr const char* schema = "tests/data/report/sarif-schema-2.1.0.json";

std::string sarif_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::sarif, {.tool_version = "0.1.0"}, out);
    return out.str();
}

TEST(SarifReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.sarif", sarif_of(testing::every_fault()->audit()));
}

TEST(SarifReport, PlacesWhatIsWrongInOldReleasesWhereItStandsToday) {
    expect_golden("report/long_history.sarif", sarif_of(testing::long_history()->audit()));
}

TEST(SarifReport, FollowsTheSchemaOfOasis) {
    const evidence::History history;
    verify::Audit empty;
    empty.history = &history;
    for (const std::string& text : {sarif_of(testing::every_fault()->audit()),
                                    sarif_of(testing::long_history()->audit()), sarif_of(empty)}) {
        const testing::Validation faults = testing::validate(schema, text);
        if (!faults.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
        EXPECT_TRUE(faults.is_valid) << faults.faults;
    }
}

}  // namespace
}  // namespace lockstep::report
