#include "release/chart_package.h"

#include "images/layout.h"
#include "json/parse.h"
#include "os/subprocess.h"
#include "release/draft_site.h"
#include "support/temp_dir.h"

namespace lockstep::release {
namespace {

constexpr std::int64_t time = 1'769'860'800;

constexpr const char* chart_yaml = R"(apiVersion: v2
name: kite
# The next line is what a program may take for a number.
version: "1.10"
appVersion: "1.0"
deprecated: false
description: "It \"flies\": höher"
keywords: [wind, 'true']
maintainers:
- name: Kim Kite
  email: kim@example.com
dependencies:
- name: string
  version: 1.2.3
  condition: string.enabled
annotations:
  category: "7"
)";

class Package : public testing::DraftSite {
  protected:
    void SetUp() override {
        work.write("charts/kite/Chart.yaml", chart_yaml);
        work.write("charts/kite/values.yaml", "wind: strong\n");
        work.write("charts/kite/templates/kite.yaml", "kind: Kite\n");
        work.write("README.md", "not of the chart\n");
        commit = work.commit("chart");
        work.run({"push", "--quiet", "origin", "HEAD:refs/heads/main"});
    }
    Result<ChartPackage> package(const std::string& path = "charts/kite") {
        return package_chart(open(), object_id(commit), path, time);
    }
    /// What GNU tar says of an archive.
    static std::string tar(const std::string& archive, const std::string& options) {
        const auto ran = os::run({.argv = {"tar", options, "-"}}, {.input = archive});
        EXPECT_TRUE(ran.has_value() && ran->exit.ok());
        return ran ? ran->out : "";
    }
    json::Value config() { return json::parse("config", package().value().config).value(); }

    std::string commit;
};

TEST_F(Package, OfOneCommitIsAlwaysTheSame) {
    const ChartPackage one = package().value();
    // What lies about in the work tree is not of the commit.
    work.write("charts/kite/values.yaml", "wind: weak\n");
    work.write("charts/kite/secret", "hush\n");
    const ChartPackage two = package().value();
    EXPECT_EQ(one.archive, two.archive);
    EXPECT_EQ(one.config, two.config);
    EXPECT_EQ(one.name, "kite");
    EXPECT_EQ(one.version, "1.10");
}

TEST_F(Package, IsOneFolderCalledAsTheChart) {
    const std::string list = "\n" + tar(package().value().archive, "tzf");
    for (const char* const name :
         {"kite/Chart.yaml", "kite/values.yaml", "kite/templates/kite.yaml"})
        EXPECT_TRUE(list.contains("\n" + std::string(name) + "\n")) << list;
    EXPECT_FALSE(list.contains("README.md")) << list;
    for (std::size_t at = 0; (at = list.find('\n', at)) + 1 < list.size(); ++at)
        EXPECT_EQ(list.compare(at + 1, 5, "kite/"), 0) << list;
    EXPECT_TRUE(tar(package().value().archive, "xzOf").contains("version: \"1.10\""));
}

TEST_F(Package, HasTheChartAsJson) {
    const json::Value read = config();
    EXPECT_EQ(read.text("apiVersion"), "v2");
    EXPECT_EQ(read.text("name"), "kite");
    EXPECT_EQ(read.text("description"), "It \"flies\": höher");
    ASSERT_NE(read.find("maintainers"), nullptr);
    const auto* const maintainers = read.find("maintainers")->as<json::Array>();
    ASSERT_NE(maintainers, nullptr);
    ASSERT_EQ(maintainers->size(), 1U);
    EXPECT_EQ(maintainers->front().text("email"), "kim@example.com");
    const json::Value* const deprecated = read.find("deprecated");
    ASSERT_TRUE(deprecated != nullptr && deprecated->as<bool>() != nullptr);
    EXPECT_FALSE(*deprecated->as<bool>());
    const auto* const dependencies = read.find("dependencies")->as<json::Array>();
    ASSERT_TRUE(dependencies != nullptr && dependencies->size() == 1);
    EXPECT_EQ(dependencies->front().text("version"), "1.2.3");
}

TEST_F(Package, KeepsVersionsAsTexts) {
    const json::Value read = config();
    EXPECT_EQ(read.text("version"), "1.10");
    EXPECT_EQ(read.text("appVersion"), "1.0");
    EXPECT_EQ(read.find("annotations")->text("category"), "7");
    const auto* const keywords = read.find("keywords")->as<json::Array>();
    ASSERT_TRUE(keywords != nullptr && keywords->size() == 2);
    EXPECT_EQ(*keywords->back().as<std::string>(), "true");
}

TEST_F(Package, WithoutNameOrVersionIsInvalid) {
    for (const char* const text : {"name: kite\n", "version: 1.0.0\n", "[]\n", "", "name: [\n"}) {
        work.write("charts/kite/Chart.yaml", text);
        commit = work.commit("broken");
        const auto packaged = package();
        ASSERT_FALSE(packaged) << text;
        EXPECT_EQ(packaged.error().kind, Error::Kind::invalid) << text;
        EXPECT_TRUE(to_string(packaged.error()).contains("charts/kite/Chart.yaml"))
            << to_string(packaged.error());
    }
    const auto nowhere = package("charts/none");
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().kind, Error::Kind::not_found);
}

TEST_F(Package, IsPushedAsHelmReadsIt) {
    const lockstep::testing::TempDir dir;
    const auto layout = images::Layout::open_or_make(dir / "layout").value();
    const ChartPackage packaged = package().value();
    const Held place{layout.get(),
                     oci::Reference::parse("registry.example.com/charts/kite:1.10").value()};
    const std::string digest = push_chart(place, packaged).value();
    EXPECT_EQ(push_chart(place, packaged).value(), digest);
    const images::ManifestName names[] = {place.by_tag()};
    const images::RawManifest manifest = layout->read_manifests(names).front().value();
    EXPECT_EQ(manifest.descriptor.digest.str(), digest);
    const json::Value read = json::parse("manifest", manifest.bytes).value();
    EXPECT_EQ(read.find("config")->text("mediaType"), "application/vnd.cncf.helm.config.v1+json");
    EXPECT_EQ(read.find("config")->text("digest"), oci::Digest::of(packaged.config).str());
    const auto* const layers = read.find("layers")->as<json::Array>();
    ASSERT_TRUE(layers != nullptr && layers->size() == 1);
    EXPECT_EQ(layers->front().text("mediaType"),
              "application/vnd.cncf.helm.chart.content.v1.tar+gzip");
    EXPECT_EQ(layers->front().text("digest"), oci::Digest::of(packaged.archive).str());
}

}  // namespace
}  // namespace lockstep::release
