#include "report/consumers.h"

#include <gtest/gtest.h>

#include <sstream>

#include "report/json_schema.h"

namespace lockstep::report {
namespace {

/// One pin that is drifted and one image beside it that is another version.
class ConsumersReport : public ::testing::Test {
  protected:
    ConsumersReport() {
        consumers::Pin pin;
        pin.source = consumers::Source::kustomize;
        pin.place = {.at = {"apps/kustomization.yaml", 2, 3}, .length = 4, .excerpt = "- x|y"};
        pin.url = "https://github.com/acme/app//deploy?ref=v1";
        pin.repository = "github.com/acme/app";
        pin.revision = "v1.0.0";
        pin.form = consumers::Form::named;
        pin.overrides = {{.image = "r/app",
                          .tag = "v0.9.0",
                          .digest = {},
                          .place = {.at = {"apps/kustomization.yaml", 5, 11}, .excerpt = {}}}};
        found_.pins = {pin};
        found_.gaps = {{.error = {.kind = Error::Kind::invalid,
                                  .message = "no YAML",
                                  .hint = {},
                                  .at = Location{"x.yaml", 1, 1}}}};
        consumers::SeenRelease release;
        release.state = consumers::SeenRelease::State::found;
        release.tag = "v1.0.0";
        release.verdict = verify::Verdict::drifted;
        release.finding = "it is `v0.9.0`";
        release.own_images = {"r/app"};
        releases_.emplace(consumers::key_of(pin), release);
        scan_ = consumers::judge(found_, releases_);
    }

    std::string shown(Format format) {
        std::ostringstream out;
        write_consumers(scan_, format, {.tool_version = "0.1.0"}, out);
        return out.str();
    }

    consumers::Found found_;
    consumers::SeenReleases releases_;
    consumers::Scan scan_;
};

TEST_F(ConsumersReport, IsText) {
    EXPECT_EQ(shown(Format::text),
              "✗ drifted     apps/kustomization.yaml:2:3  kustomize base: github.com/acme/app at "
              "v1.0.0\n"
              "    v1.0.0 declares another version than its own: it is `v0.9.0`\n"
              "✗ overridden  apps/kustomization.yaml:5:11  github.com/acme/app at v1.0.0\n"
              "    `r/app` is set to `v0.9.0`, while `v1.0.0` is pinned\n"
              "? unchecked   x.yaml:1:1  could not be read\n"
              "    no YAML\n"
              "\n"
              "1 pin: 1 drifted, 1 overridden\n");
}

TEST_F(ConsumersReport, IsJsonOfItsSchema) {
    const auto validation = testing::validate("schemas/consumers.schema.json", shown(Format::json));
    if (!validation.is_there) GTEST_SKIP() << "no python3-jsonschema";
    EXPECT_TRUE(validation.is_valid) << validation.faults;
}

TEST_F(ConsumersReport, HasAResultForEachFinding) {
    const std::string sarif = shown(Format::sarif);
    for (const char* const rule : {"consumer-drifted", "consumer-override", "consumer-unchecked"})
        EXPECT_NE(sarif.find(std::string("\"ruleId\": \"") + rule + '"'), std::string::npos);
    EXPECT_NE(sarif.find("\"uri\": \"apps/kustomization.yaml\""), std::string::npos);
}

TEST_F(ConsumersReport, IsATableInWhichNothingIsMarkdown) {
    EXPECT_EQ(shown(Format::markdown),
              "## lockstep: what is consumed\n\n"
              "| verdict | place | what | why |\n|---|---|---|---|\n"
              "| drifted | `apps/kustomization.yaml:2:3` | github.com/acme/app at v1.0.0 | v1.0.0 "
              "declares another version than its own: it is \\`v0.9.0\\` |\n"
              "| overridden | `apps/kustomization.yaml:5:11` | github.com/acme/app at v1.0.0 | "
              "\\`r/app\\` is set to \\`v0.9.0\\`, while \\`v1.0.0\\` is pinned |\n"
              "| unchecked | `x.yaml:1:1` | could not be read | no YAML |\n");
}

}  // namespace
}  // namespace lockstep::report
