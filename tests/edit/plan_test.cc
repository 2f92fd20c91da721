#include <gtest/gtest.h>

#include "edit/edited.h"
#include "support/golden.h"

namespace lockstep::edit {
namespace {

using testing::MemoryTree;

const std::string kite = "registry.example.com/kite/kite";

MemoryTree kustomized(const std::string& images, const std::string& image = kite) {
    return {{"deploy/kustomization.yaml", "resources: [kite.yaml]\n" + images},
            {"deploy/kite.yaml", deployment(image)}};
}

MemoryTree chart(const std::string& versions, const std::string& image) {
    return {{"charts/kite/Chart.yaml", "apiVersion: v2\nname: kite\n" + versions},
            {"charts/kite/values.yaml", "image:\n  repository: " + kite + "\n" + image}};
}

/// Cases one below the other, each with the difference that its edits make and the judgement of the
/// edited tree.
class Cases {
  public:
    Cases& add(const std::string& name, const Story& story, const MemoryTree& tree) {
        text_ += "=== " + name + "\n" + story.edited(tree);
        return *this;
    }
    void expect(std::string_view golden) const {
        testing::expect_golden("edit/" + std::string(golden), text_);
    }

  private:
    std::string text_;
};

TEST(Plan, KustomizeEntries) {
    const Story story;
    Cases()
        .add("a tag", story,
             kustomized("images:  # ours\n  - name: kite\n    newName: " + kite +
                            "\n    newTag: 'v1.1.0' # the release\n",
                        "kite"))
        .add("already right", story,
             kustomized("images:\n- name: " + kite + "\n  newTag: v1.2.0\n"))
        .add("an old pin goes", story,
             kustomized("images:\n- name: " + kite + "\n  newTag: v1.1.0\n  digest: " + old_pin +
                        " # pin\nnamePrefix: a-\n"))
        .add("a pin of the right tag goes", story,
             kustomized("images:\n- name: " + kite + "\n  newTag: v1.2.0\n  digest: " + old_pin +
                        "\n"))
        .add("a pin that comes first", story,
             kustomized("images:\n- digest: " + old_pin + "\n  name: " + kite +
                        "\n  newTag: v1.1.0\n"))
        .add("a pin alone", story,
             kustomized("images:\n- name: " + kite + "\n  digest: " + old_pin + "\n"))
        .add("a pin in flow style", story,
             kustomized("images: [{name: " + kite + ", newTag: v1.1.0, digest: '" + old_pin +
                        "'}]\n"))
        .add("another name", story,
             kustomized("images:\n- name: app\n  newName: " + kite + "\n", "app"))
        .add("a suffix", story,
             kustomized("images:\n- name: " + kite + "\n  tagSuffix: -alpine\n", kite + ":v1.1.0"))
        .add("an anchor", story,
             kustomized("images:\n- name: " + kite +
                            "\n  newTag: &v v1.1.0\n- name: kite\n"
                            "  newName: " +
                            kite + "\n  newTag: *v\n",
                        kite + "\n        - name: b\n          image: kite"))
        .expect("kustomize_entries.txt");
}

TEST(Plan, ImagesInManifests) {
    const Story story;
    Cases()
        .add("plain", story, {{"kite.yaml", deployment(kite + ":v1.1.0 # c")}})
        .add("pinned", story, {{"kite.yaml", deployment('"' + kite + ":v1.1.0@" + old_pin + '"')}})
        .add("pinned only", story, {{"kite.yaml", deployment(kite + "@" + old_pin)}})
        .add("floating", story, {{"kite.yaml", deployment(kite + ":latest")}})
        .add("without a tag", story, {{"kite.yaml", deployment(kite)}})
        .add("below a kustomization", story, kustomized("", kite + ":v1.1.0"))
        .add("a variant", story, {{"kite.yaml", deployment(kite + ":v1.1.0-scratch")}})
        .add("an argument", story,
             {{"kite.yaml", deployment(kite + ":v1.1.0") + "          args: [\"--image=" + kite +
                                ":v1.1.0\"]\n"}})
        .add("a patch inside a kustomization", story,
             kustomized("patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n"
                        "    metadata: {name: kite}\n    spec:\n      template:\n        spec:\n"
                        "          containers:\n          - name: kite\n            image: " +
                        kite + ":v1.1.0\n"))
        .add("a replacement", story,
             kustomized("replacements:\n- source: {kind: ConfigMap, name: v, fieldPath: data.tag}\n"
                        "  targets:\n  - select: {kind: Deployment}\n    fieldPaths: "
                        "[spec.template.spec.containers.0.image]\n    options: {delimiter: ':', "
                        "index: 1}\nconfigMapGenerator:\n- name: v\n  literals: [tag=v1.1.0]\n",
                        kite + ":v0"))
        .add("two bases share one", story,
             {{"a/kustomization.yaml", "resources: [../base]\nnamePrefix: a-\n"},
              {"b/kustomization.yaml", "resources: [../base]\nnamePrefix: b-\n"},
              {"base/kustomization.yaml", "resources: [kite.yaml]\n"},
              {"base/kite.yaml", deployment(kite + ":v1.1.0")}})
        .add("a byte order mark", story,
             {{"kite.yaml", "\xef\xbb\xbf" + deployment(kite + ":v1.1.0")}})
        .add("a copy for another version", story,
             {{"kite.yaml", deployment(kite + ":v1.1.0")},
              {"deploy/v1.1.0/kite.yaml", deployment(kite + ":v1.1.0")}})
        .expect("images_in_manifests.txt");
}

TEST(Plan, EntriesThatAreAdded) {
    Story story;
    story.options.may_add_entries = true;
    Cases()
        .add("the list", story, kustomized(""))
        .add("an entry", story,
             kustomized("images:\n  - name: other\n    newTag: v3\nsortOptions:\n"
                        "  order: fifo\n"))
        .add("a tag", story,
             kustomized("images:\n  - name: app\n    newName: " + kite + "\n", "app"))
        .add("no line break at the end", story, kustomized("namePrefix: a-"))
        .expect("entries_that_are_added.txt");
}

TEST(Plan, Charts) {
    Story story;
    story.past = {{"v1.0.0", chart("version: 1.0.0\nappVersion: v1.0.0\n", "  tag: \"\"\n")},
                  {"v1.1.0", chart("version: 1.1.0\nappVersion: v1.1.0\n", "  tag: \"\"\n")}};
    Cases()
        .add("made from appVersion", story,
             chart("version: 1.1.0\nappVersion: v1.1.0\n", "  tag: \"\"\n"))
        .add(
            "pinned", story,
            chart("version: 1.1.0\nappVersion: v1.1.0\n", "  tag: ''\n  digest: " + old_pin + "\n"))
        .add("a pin within the tag", story,
             chart("version: 1.1.0\nappVersion: v1.1.0\n", "  tag: v1.1.0@" + old_pin + "\n"))
        .add("a tag", story, chart("version: 1.1.0\nappVersion: \"v1.1.0\"\n", "  tag: v1.1.0\n"))
        .expect("charts.txt");
}

TEST(Plan, ANumberGetsQuotes) {
    Story story;
    story.project.images[0].tag = *version::TagPattern::parse("{version}");
    story.options = {.tag = "v1.20", .version = "1.20", .date = "2026-11-28"};
    EXPECT_EQ(story.edited(kustomized("images:\n- name: " + kite + "\n  newTag: 1.19.1\n")),
              "--- a/deploy/kustomization.yaml\n"
              "+++ b/deploy/kustomization.yaml\n"
              "@@ -1,4 +1,4 @@\n"
              " resources: [kite.yaml]\n"
              " images:\n"
              " - name: registry.example.com/kite/kite\n"
              "-  newTag: 1.19.1\n"
              "+  newTag: \"1.20\"\n"
              "consistent\n");
}

TEST(Plan, WindowsLineBreaksStay) {
    const std::string text = "resources: [kite.yaml]\r\nimages:\r\n- name: " + kite +
                             "\r\n  newTag: v1.1.0\r\n  digest: " + old_pin + "\r\n";
    const MemoryTree tree{{"deploy/kustomization.yaml", text},
                          {"deploy/kite.yaml", deployment(kite)}};
    Story story;
    EXPECT_EQ(story.file(tree, "deploy/kustomization.yaml"),
              "resources: [kite.yaml]\r\nimages:\r\n- name: " + kite + "\r\n  newTag: v1.2.0\r\n");
    story.options.digests = {{kite, new_pin}};
    EXPECT_EQ(
        story.file({{"deploy/kustomization.yaml", "resources: [kite.yaml]\r\nimages:\r\n- name: " +
                                                      kite + "\r\n  newTag: v1.1.0\r\n"},
                    {"deploy/kite.yaml", deployment(kite)}},
                   "deploy/kustomization.yaml"),
        "resources: [kite.yaml]\r\nimages:\r\n- name: " + kite +
            "\r\n  newTag: v1.2.0\r\n  digest: " + new_pin + "\r\n");
}

TEST(Plan, Texts) {
    Story story;
    const std::string readme = "Use `" + kite +
                               ":v1.1.0`:\n\n    kubectl apply -k "
                               "https://github.com/kite/kite//deploy?ref=v1.1.0\n";
    Cases cases;
    cases.add("what is built in", story, {{"README.md", readme}});
    cases.add(
        "a branch stays", story,
        {{"kite.yaml", deployment(kite + ":v1.1.0")},
         {"README.md", "kubectl apply -k https://github.com/kite/kite//deploy?ref=master\n"}});
    story.project.texts = {{"Makefile", {"VERSION ?= {version}", "--tag v{version}"}}};
    cases.add("patterns", story, {{"Makefile", "VERSION ?= 1.1.0\nrun --tag v1.1.0 \n"}});
    cases.expect("texts.txt");
}

TEST(Plan, Pins) {
    Story story;
    story.options.digests = {{kite, new_pin}};
    Cases()
        .add("an entry", story, kustomized("images:\n- name: " + kite + "\n  newTag: v1.1.0 # t\n"))
        .add("an entry with a pin", story,
             kustomized("images:\n- name: " + kite + "\n  newTag: v1.1.0\n  digest: " + old_pin +
                        "\n"))
        .add("an entry that only pins", story,
             kustomized("images:\n- name: " + kite + "\n  digest: " + old_pin + "\n"))
        .add("an entry in flow style", story,
             kustomized("images: [{name: " + kite + ", newTag: v1.1.0}]\n"))
        .add("already right", story,
             kustomized("images:\n- name: " + kite + "\n  newTag: v1.2.0\n  digest: " + new_pin +
                        "\n"))
        .add("plain", story, {{"kite.yaml", deployment(kite + ":v1.1.0")}})
        .add("plain and pinned", story, {{"kite.yaml", deployment(kite + ":v1.1.0@" + old_pin)}})
        .add("only pinned", story, {{"kite.yaml", deployment(kite + "@" + old_pin)}})
        .add("a chart with a field", story,
             chart("version: 0.1.0\nappVersion: v1.1.0\n", "  tag: \"v1.1.0\"\n  digest:\n"))
        .add("a chart that pins in the tag", story,
             chart("version: 0.1.0\nappVersion: v1.1.0\n", "  tag: v1.1.0@" + old_pin + "\n"))
        .add("a chart without", story,
             chart("version: 0.1.0\nappVersion: v1.1.0\n", "  tag: \"v1.1.0\"\n"))
        .expect("pins.txt");
    story.options.digests = {{"registry.example.com/other/image", new_pin}};
    EXPECT_EQ(story.edited({{"kite.yaml", deployment(kite + ":v1.1.0")}}),
              "not found: kite.yaml:10:18: `registry.example.com/kite/kite` should be pinned, and "
              "its digest is not known\n");
}

TEST(Plan, AScalarThatDecidesForOthersIsAConflict) {
    const std::string anchor = "images:\n- name: " + kite +
                               "\n  newTag: &v v1.1.0\n- name: b\n"
                               "  newName: other/b\n  newTag: *v\n";
    const MemoryTree tree = kustomized(anchor, kite + "\n        - name: b\n          image: b");
    Story story;
    EXPECT_EQ(story.edited(tree),
              "conflict: deploy/kustomization.yaml:4:14: `v1.1.0` should become `v1.2.0` for "
              "`registry.example.com/kite/kite`, and `other/b`, which is not the project's own, "
              "takes its tag from the same place\n");
    story.project.images.push_back({.name = "other/b"});
    story.project.images.back().tag = *version::TagPattern::parse("{version}");
    EXPECT_EQ(story.edited(tree),
              "conflict: deploy/kustomization.yaml:4:14: one entry of `images` should say `v1.2.0` "
              "for `registry.example.com/kite/kite` and `1.2.0` for `other/b`\n");
}

TEST(Plan, TheChangeLogIsNeverATextToEdit) {
    Story story;
    story.project.release.changelog = "docs/changes.md";
    story.project.texts = {{"docs/changes.md", {"kite {version}"}}};
    EXPECT_EQ(
        story.edited({{"docs/changes.md", "# Changes\n\n## [Unreleased]\n\n- kite 1.1.0 is old\n"},
                      {"kite.yaml", deployment(kite + ":v1.2.0")}}),
        "--- a/docs/changes.md\n"
        "+++ b/docs/changes.md\n"
        "@@ -2,4 +2,6 @@\n"
        " \n"
        " ## [Unreleased]\n"
        " \n"
        "+## [1.2.0] - 2026-11-28\n"
        "+\n"
        " - kite 1.1.0 is old\n"
        "unchanged kite.yaml:10:18\n"
        "drifted\n");
}

}  // namespace
}  // namespace lockstep::edit
