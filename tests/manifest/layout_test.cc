#include "manifest/layout.h"

#include <gtest/gtest.h>

#include "manifest/facts_text.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;

std::string lines(const char* title, const std::vector<std::string>& paths) {
    std::string text = std::string(title) + ":";
    for (const std::string& path : paths) text += " " + (path.empty() ? "(root)" : path);
    return text + "\n";
}

std::string layout_of(const MemoryTree& tree) {
    const Result<Layout> layout = find_layout(tree);
    if (!layout.has_value()) return to_string(layout.error());
    std::string text = "\n" + lines("kustomizations", layout->kustomizations) +
                       lines("used", layout->used_kustomizations) +
                       lines("charts", layout->charts) + lines("files", layout->files) +
                       lines("texts", layout->texts) + lines("skipped", layout->skipped);
    for (const Gap& gap : layout->gaps) text += lockstep::testing::print(gap);
    return text;
}

constexpr const char* component =
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: a-\n";

TEST(Layout, EntryPointsAreWhatNoOtherKustomizationRefersTo) {
    EXPECT_EQ(layout_of({{"deploy/base/kustomization.yaml", "resources: [app.yaml]\n"},
                         {"deploy/base/app.yaml", "kind: Deployment\n"},
                         {"deploy/overlays/a/kustomization.yml", "resources: [../../base]\n"},
                         {"deploy/overlays/b/Kustomization",
                          "bases: [../../base]\ncomponents: [../../part]\n"},
                         {"deploy/part/kustomization.yaml", component},
                         {"unused/part/kustomization.yaml", component},
                         {"deploy/install.yaml", "kind: Deployment\n"}}),
              "\n"
              "kustomizations: deploy/overlays/a deploy/overlays/b\n"
              "used: deploy/base deploy/part unused/part\n"
              "charts:\n"
              "files: deploy/install.yaml\n"
              "texts:\n"
              "skipped:\n");
}

TEST(Layout, AnEntryPointMayBeBroken) {
    EXPECT_EQ(layout_of({{"a/kustomization.yaml", "resources: [../missing]\n"},
                         {"b/kustomization.yaml", "resources: {\n"}}),
              "\n"
              "kustomizations: a b\n"
              "used:\ncharts:\nfiles:\ntexts:\nskipped:\n");
}

TEST(Layout, OfACircleOneIsAnEntryPoint) {
    EXPECT_EQ(layout_of({{"a/kustomization.yaml", "resources: [../b]\n"},
                         {"b/kustomization.yaml", "resources: [../a]\n"},
                         {"c/kustomization.yaml", "resources: [../c]\n"}}),
              "\n"
              "kustomizations: a c\n"
              "used: b\n"
              "charts:\nfiles:\ntexts:\nskipped:\n");
}

TEST(Layout, ChartsHoldNoPlainManifestsAndVendoredOnesAreForeign) {
    EXPECT_EQ(layout_of({{"charts/app/Chart.yaml",
                          "name: app\ndependencies:\n"
                          "- {name: redis, repository: 'https://example.com/charts'}\n"
                          "- {name: crds, repository: 'file://charts/crds'}\n"},
                         {"charts/app/values.yaml", ""},
                         {"charts/app/templates/deployment.yaml", ""},
                         {"charts/app/charts/redis/Chart.yaml", "name: redis\n"},
                         {"charts/app/charts/redis/values.yaml", "name: redis\n"},
                         {"charts/app/charts/crds/Chart.yaml", "name: crds\n"},
                         {"charts/app/README.md", ""},
                         {"config/crd.yaml", ""}}),
              "\n"
              "kustomizations:\nused:\n"
              "charts: charts/app charts/app/charts/crds\n"
              "files: config/crd.yaml\n"
              "texts: charts/app/README.md\n"
              "skipped:\n");
}

TEST(Layout, WhatIsNoReleaseMaterialIsSkippedAndSaid) {
    EXPECT_EQ(layout_of({{".github/workflows/ci.yaml", ""},
                         {"vendor/x/deploy.yaml", ""},
                         {"pkg/testdata/a.yaml", ""},
                         {"test/kustomization.yaml", "resources: [../deploy]\n"},
                         {"deploy/kustomization.yaml", "resources: []\n"},
                         {"web/node_modules/x/README.md", ""}}),
              "\n"
              "kustomizations: deploy\n"
              "used:\ncharts:\nfiles:\ntexts:\n"
              "skipped: .github pkg/testdata test vendor web/node_modules\n");
}

TEST(Layout, TextsAreGuidesNotHistories) {
    EXPECT_EQ(layout_of({{"README.md", ""},
                         {"README", ""},
                         {"INSTALL.rst", ""},
                         {"CHANGELOG.md", ""},
                         {"RELEASES.md", ""},
                         {"docs/user/guide.adoc", ""},
                         {"docs/proposals/0001.md", ""},
                         {"docs/release-notes/v1.md", ""},
                         {"pkg/notes.md", ""},
                         {"pkg/readme.md", ""},
                         {"docs/image.png", ""}}),
              "\n"
              "kustomizations:\nused:\ncharts:\nfiles:\n"
              "texts: INSTALL.rst README README.md docs/user/guide.adoc pkg/readme.md\n"
              "skipped:\n");
}

TEST(Layout, CopiesPerVersionAreUnitsOfTheirOwn) {
    EXPECT_EQ(layout_of({{"deploy/v4.1.0/install.yaml", ""},
                         {"deploy/v4.2.0/install.yaml", ""},
                         {"charts/v4.1.0/app/Chart.yaml", "name: app\n"},
                         {"charts/v4.2.0/app/Chart.yaml", "name: app\n"},
                         {"bundle/v22.9.1/manifests/op.clusterserviceversion.yaml", ""}}),
              "\n"
              "kustomizations:\nused:\n"
              "charts: charts/v4.1.0/app charts/v4.2.0/app\n"
              "files: bundle/v22.9.1/manifests/op.clusterserviceversion.yaml "
              "deploy/v4.1.0/install.yaml deploy/v4.2.0/install.yaml\n"
              "texts:\nskipped:\n");
}

TEST(Layout, APrerenderedManifestStandsBesideItsKustomization) {
    EXPECT_EQ(layout_of({{"manifests/base/kustomization.yaml", "resources: [app.yaml]\n"},
                         {"manifests/base/app.yaml", ""},
                         {"manifests/install.yaml", ""},
                         {"manifests/ha/kustomization.yaml", "resources: [../base]\n"},
                         {"manifests/ha/install.yaml", ""}}),
              "\n"
              "kustomizations: manifests/ha\n"
              "used: manifests/base\n"
              "charts:\n"
              "files: manifests/ha/install.yaml manifests/install.yaml\n"
              "texts:\nskipped:\n");
}

TEST(Layout, LinksAreNotFollowed) {
    MemoryTree tree{{"deploy/kustomization.yaml", "resources: []\n"}};
    tree.link("stable", "deploy");
    tree.link("README.md", "docs/README.md");
    EXPECT_EQ(layout_of(tree),
              "\n"
              "kustomizations: deploy\n"
              "used:\ncharts:\nfiles:\ntexts:\nskipped:\n");
}

TEST(Layout, ATreeWithTooManyDirectoriesIsRefused) {
    const MemoryTree tree{{"a/b/c/d.yaml", ""}};
    const Result<Layout> layout = find_layout(tree, {.directories = 3});
    ASSERT_FALSE(layout.has_value());
    EXPECT_EQ(to_string(layout.error()), "the tree has more than 3 directories");
}

}  // namespace
}  // namespace lockstep::manifest
