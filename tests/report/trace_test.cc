#include "report/trace.h"

#include <gtest/gtest.h>

#include <sstream>

#include "report/json_schema.h"

namespace lockstep::report {
namespace {

trace::Page page() {
    using trace::About;
    using trace::State;
    trace::Page page;
    page.subject = {.kind = trace::Subject::Kind::image,
                    .text = "app:v1",
                    .reference = {},
                    .digest = {},
                    .release = {},
                    .commit = {}};
    page.project = "github.com/acme/app";
    page.release = "v1.0.0";
    page.lines = {{.about = About::image,
                   .state = State::proved,
                   .image = "r/app:v1",
                   .value = "sha256:00",
                   .detail = "linux/amd64",
                   .source = "r",
                   .at = {}},
                  {.about = About::commit,
                   .state = State::proved,
                   .image = {},
                   .value = std::string(40, 'a'),
                   .detail = "Release\x1b[2J v1",
                   .author = "Ada",
                   .time = 1'704'153'600,
                   .source = "refs/tags/v1.0.0",
                   .at = {}},
                  {.about = About::manifest,
                   .state = State::claimed,
                   .image = "r/app:v1",
                   .value = "v1",
                   .detail = {},
                   .source = "v1.0.0",
                   .at = Location{"deploy/app.yaml", 7, 12}},
                  {.about = About::label,
                   .state = State::differs,
                   .image = "r/app:v1",
                   .value = "0.9.0",
                   .detail = "not the version of v1.0.0",
                   .source = "label",
                   .at = {}},
                  {.about = About::signature,
                   .state = State::unchecked,
                   .image = "r/app:v1",
                   .value = {},
                   .detail = "nobody answered",
                   .source = {},
                   .at = {}}};
    page.notices = {"this clone is shallow"};
    return page;
}

TEST(TraceReport, SaysOfEachLineWhatItIsWorthAndWhereItWasRead) {
    std::ostringstream out;
    write_trace_text(page(), {}, out);
    EXPECT_EQ(out.str(),
              "app:v1  github.com/acme/app\n"
              "note: this clone is shallow\n"
              "\n"
              "  ✓ proved     image       sha256:00  linux/amd64\n"
              "                          r; of r/app:v1\n"
              "  ✓ proved     commit      aaaaaaaaaaaa  2024-01-02 Ada: Release\\x1b[2J v1\n"
              "                          refs/tags/v1.0.0\n"
              "  ~ claimed    manifest    deploy/app.yaml:7:12  v1\n"
              "                          v1.0.0\n"
              "  ✗ differs    label       0.9.0  not the version of v1.0.0\n"
              "                          label\n"
              "  ? unchecked  signature   nobody answered\n");
}

TEST(TraceReport, IsJsonOfItsSchema) {
    std::ostringstream out;
    write_trace_json(page(), {.tool_version = "0.1.0"}, out);
    const auto validation = testing::validate("schemas/trace.schema.json", out.str());
    if (!validation.is_there) GTEST_SKIP() << "no python3-jsonschema";
    EXPECT_TRUE(validation.is_valid) << validation.faults;
}

TEST(TraceReport, FoldsManyPlaces) {
    trace::Page many = page();
    const trace::Line place = many.lines[2];
    many.lines.assign(100, place);
    std::ostringstream out, all;
    write_trace_text(many, {}, out);
    EXPECT_NE(out.str().find("and 88 more places of manifests; -v shows all\n"), std::string::npos);
    write_trace_text(many, {.verbose = true}, all);
    EXPECT_EQ(all.str().find("more places"), std::string::npos);
}

}  // namespace
}  // namespace lockstep::report
