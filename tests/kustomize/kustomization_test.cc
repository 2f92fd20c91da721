#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

std::string refused(const std::string& file) {
    return built({{"kustomization.yaml", file}});
}

TEST(KustomizationFile, NamesTheNearestFieldForAnUnknownOne) {
    EXPECT_EQ(refused("resource: [a]\n"),
              "error: kustomization.yaml:1:1: unknown field `resource`");
    const Result<Rendering> rendering =
        render(MemoryTree{{"kustomization.yaml", "resource: [a]\n"}}, "");
    EXPECT_EQ(rendering.error().hint, "did you mean `resources`?");
}

TEST(KustomizationFile, TakesFieldNamesWithoutRegardToCase) {
    EXPECT_EQ(refused("RESOURCES: []\n"), "");
}

TEST(KustomizationFile, LetsTheLastOfDuplicateFieldsWin) {
    EXPECT_EQ(refused("resources: [missing.yaml]\nresources: []\n"), "");
}

TEST(KustomizationFile, RefusesWhatYamlReadsAsAnotherType) {
    EXPECT_EQ(refused("namespace: n\n"),
              "error: kustomization.yaml:1:12: cannot unmarshal bool into Go struct field: "
              "expected a text, found the boolean `n`");
    EXPECT_EQ(refused("images: [{name: a, newTag: 1.10}]\n"),
              "error: kustomization.yaml:1:28: cannot unmarshal number into Go struct field: "
              "expected a text, found the number `1.10`");
    EXPECT_EQ(refused("resources: a.yaml\n"),
              "error: kustomization.yaml:1:12: cannot unmarshal string into Go struct field: "
              "expected a list, found the text `a.yaml`");
}

TEST(KustomizationFile, RefusesAnotherKindOrVersion) {
    EXPECT_EQ(refused("kind: Deployment\nresources: []\n"),
              "error: kustomization.yaml:1:7: kind should be Kustomization or Component: found "
              "`Deployment`");
    EXPECT_EQ(refused("apiVersion: v1\nresources: []\n"),
              "error: kustomization.yaml:1:13: apiVersion for Kustomization should be "
              "kustomize.config.k8s.io/v1beta1: found `v1`");
}

TEST(KustomizationFile, IsNotEmpty) {
    EXPECT_EQ(refused("kind: Kustomization\n"),
              "error: kustomization.yaml:1:1: the kustomization is empty");
    EXPECT_EQ(refused("resources:\n"), "error: kustomization.yaml:1:1: the kustomization is empty");
}

TEST(KustomizationFile, IsFoundByItsThreeNames) {
    EXPECT_EQ(*kustomization_file(MemoryTree{{"a/kustomization.yml", ""}}, "a"),
              "kustomization.yml");
    EXPECT_EQ(*kustomization_file(MemoryTree{{"Kustomization", ""}}, ""), "Kustomization");
    EXPECT_EQ(*kustomization_file(MemoryTree{{"a/x.yaml", ""}}, "a"), "");
    const Result<std::string> two =
        kustomization_file(MemoryTree{{"Kustomization", ""}, {"kustomization.yaml", ""}}, "");
    EXPECT_EQ(two.error().kind, Error::Kind::invalid);
}

TEST(KustomizationFile, WarnsOfDeprecatedFields) {
    const MemoryTree tree = {{"kustomization.yaml", "bases: [base]\n"},
                             {"base/kustomization.yaml", "resources: []\n"}};
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value());
    EXPECT_EQ(rendering->warnings,
              std::vector<std::string>{
                  "# Warning: 'bases' is deprecated. Please use 'resources' instead. Run "
                  "'kustomize edit fix' to update your Kustomization automatically."});
}

TEST(References, SortDirectoriesFilesAndUrls) {
    const MemoryTree tree = {
        {"app/kustomization.yaml", R"(resources:
- ../base
- a.yaml
- github.com/owner/repo?ref=v1
components: [../extra]
patches: [{path: p.yaml}]
)"},
        {"app/a.yaml", ""},
        {"base/kustomization.yaml", ""},
        {"extra/kustomization.yaml", ""},
    };
    const Result<References> found = references(tree, "app");
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->component);
    EXPECT_EQ(found->directories, (std::vector<std::string>{"base", "extra"}));
    EXPECT_EQ(found->files, (std::vector<std::string>{"app/a.yaml", "app/p.yaml"}));
    ASSERT_EQ(found->urls.size(), 1u);
    EXPECT_EQ(found->urls[0].text, "github.com/owner/repo?ref=v1");
    EXPECT_EQ(to_string(found->urls[0].mark.location()), "app/kustomization.yaml:4:3");
}

TEST(Documents, ParseOneContentAtOnePlaceOnce) {
    Documents documents;
    const FileTree::Entry entry{"a.yaml", FileTree::Kind::file, "id1"};
    const auto text = std::make_shared<const std::string>("a: b\n");
    const auto first = documents.parse(entry, "a.yaml", text, yaml::Dialect::resource);
    const auto again = documents.parse(entry, "a.yaml", text, yaml::Dialect::resource);
    const auto elsewhere = documents.parse(entry, "b.yaml", text, yaml::Dialect::resource);
    EXPECT_EQ(*first, *again);
    EXPECT_NE(*first, *elsewhere);
    EXPECT_EQ((*elsewhere)->source().path, "b.yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
