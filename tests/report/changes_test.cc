#include "report/changes.h"

#include <gtest/gtest.h>

#include <sstream>

#include "json/parse.h"
#include "report/changes_sample.h"
#include "report/json_schema.h"
#include "support/golden.h"

namespace lockstep::report {
namespace {

using lockstep::testing::expect_golden;

std::string shown(const changes::Upgrade& upgrade, Format format, Options options = {}) {
    options.tool_version = "0.1.0";
    options.now = 1'720'000'000;
    std::ostringstream out;
    write(upgrade, format, options, out);
    return out.str();
}

TEST(ChangesReport, AsText) {
    expect_golden("report/changes.txt", shown(testing::every_change(), Format::text));
    expect_golden("report/changes_verbose.txt",
                  shown(testing::every_change(), Format::text, {.verbose = true}));
    expect_golden("report/changes_quiet.txt",
                  shown(testing::every_change(), Format::text, {.quiet = true}));
}

TEST(ChangesReport, AsJson) {
    expect_golden("report/changes.json", shown(testing::every_change(), Format::json));
}

TEST(ChangesReport, AsMarkdown) {
    expect_golden("report/changes.md", shown(testing::every_change(), Format::markdown));
}

TEST(ChangesReport, AsHtml) {
    expect_golden("report/changes.html", shown(testing::every_change(), Format::html));
}

TEST(ChangesReport, FollowsItsSchema) {
    const auto of = [](const changes::Upgrade& upgrade) {
        return testing::validate("schemas/changes.schema.json", shown(upgrade, Format::json));
    };
    const testing::Validation faults = of(testing::every_change());
    if (!faults.is_there) GTEST_SKIP() << "needs python3 with the package jsonschema";
    EXPECT_TRUE(faults.is_valid) << faults.faults;
    changes::Upgrade nothing;
    nothing.from = nothing.to = {"v1", "11", 0};
    EXPECT_TRUE(of(nothing).is_valid) << of(nothing).faults;
    EXPECT_FALSE(testing::validate("schemas/changes.schema.json", "{}").is_valid);
}

TEST(ChangesReport, NothingForeignIsATagOrMovesTheCursor) {
    const std::string html = shown(testing::every_change(), Format::html);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("</script>"), std::string::npos);
    EXPECT_EQ(html.find("<b>x"), std::string::npos);
    EXPECT_EQ(shown(testing::every_change(), Format::text).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace lockstep::report
