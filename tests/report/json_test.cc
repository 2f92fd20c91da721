#include <sstream>

#include "json/parse.h"
#include "json/writer.h"
#include "report/json_schema.h"
#include "report/report.h"
#include "report/sample.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string json_of(const verify::Audit& audit) {
    std::ostringstream out;
    write(audit, Format::json, {.tool_version = "0.1.0"}, out);
    return out.str();
}

TEST(JsonReport, ShowsEveryVerdictAndFault) {
    expect_golden("report/every_fault.json", json_of(testing::every_fault()->audit()));
}

TEST(JsonReport, IsOneJsonText) {
    const std::string text = json_of(testing::every_fault()->audit());
    const Result<json::Value> value = json::parse("report", text);
    ASSERT_TRUE(value) << to_string(value.error());
    EXPECT_EQ(json::write(*value, json::Style::pretty), text);
}

TEST(JsonReport, FollowsItsSchema) {
    const testing::Validation faults =
        testing::validate("schemas/audit.schema.json", json_of(testing::every_fault()->audit()));
    if (!faults.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
    EXPECT_TRUE(faults.is_valid) << faults.faults;
    const evidence::History history;
    verify::Audit empty;
    empty.history = &history;
    const testing::Validation none = testing::validate("schemas/audit.schema.json", json_of(empty));
    EXPECT_TRUE(none.is_valid) << none.faults;
}

TEST(JsonReport, ItsSchemaRefusesWhatItDoesNotKnow) {
    const testing::Validation faults = testing::validate(
        "schemas/audit.schema.json", R"({"schemaVersion": "1.0", "verdict": "fine"})");
    if (!faults.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
    EXPECT_FALSE(faults.is_valid);
}

}  // namespace
}  // namespace lockstep::report
