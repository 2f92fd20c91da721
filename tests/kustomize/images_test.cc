#include <gtest/gtest.h>

#include "kustomize/built.h"
#include "kustomize/image_name.h"

namespace lockstep::kustomize {
namespace {

using testing::MemoryTree;

MemoryTree tree_with(const std::string& images, const std::string& image) {
    return {
        {"kustomization.yaml", "resources: [pod.yaml]\nimages:\n" + images},
        {"pod.yaml",
         "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
         "  - image: " +
             image + "\n"},
    };
}

const yaml::Node& image_of(const Rendering& rendering) {
    return *rendering.objects.front()->at("spec", "containers")->items[0]->find("image");
}

std::string rewritten(const std::string& images, const std::string& image) {
    const MemoryTree tree = tree_with(images, image);
    const Result<Rendering> rendering = render(tree, "");
    return rendering.has_value() ? std::string(image_of(*rendering).text)
                                 : to_string(rendering.error());
}

/// Where the image's decider stands: "path:line:column".
std::string decider(const std::string& images, const std::string& image) {
    const MemoryTree tree = tree_with(images, image);
    const Result<Rendering> rendering = render(tree, "");
    return to_string(image_of(*rendering).mark.location());
}

TEST(Images, ReplaceNameTagAndDigest) {
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2'}", "nginx:1"), "nginx:2");
    EXPECT_EQ(rewritten("- {name: nginx, newName: r.io/n}", "nginx:1"), "r.io/n:1");
    EXPECT_EQ(rewritten("- {name: nginx, digest: 'sha256:ab'}", "nginx:1"), "nginx@sha256:ab");
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2', digest: 'sha256:ab'}", "nginx"),
              "nginx:2@sha256:ab");
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2'}", "nginx@sha256:ab"), "nginx:2");
}

TEST(Images, MatchNoOtherName) {
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2'}", "docker.io/nginx:1"), "docker.io/nginx:1");
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2'}", "nginx-unprivileged:1"),
              "nginx-unprivileged:1");
    EXPECT_EQ(rewritten("- {name: nginx, newTag: '2'}", "nginx:$(TAG)"), "nginx:$(TAG)");
}

TEST(Images, ApplyInOrderEachOnTheResultOfTheFormer) {
    EXPECT_EQ(rewritten("- {name: a, newName: b}\n- {name: b, newTag: '2'}", "a:1"), "b:2");
}

TEST(Images, AppendASuffixTwiceWhereBothRulesReach) {
    EXPECT_EQ(rewritten("- {name: nginx, tagSuffix: -x}", "nginx:1"), "nginx:1-x-x");
}

TEST(Images, HaveTheMarkOfWhatDecidedThem) {
    EXPECT_EQ(decider("- {name: nginx, newName: web, newTag: '2'}", "nginx:1"),
              "kustomization.yaml:3:39");
    EXPECT_EQ(decider("- {name: nginx, digest: 'sha256:ab'}", "nginx:1"),
              "kustomization.yaml:3:25");
    EXPECT_EQ(decider("- {name: nginx, newName: web}", "nginx:1"), "pod.yaml:6:12");
    EXPECT_EQ(decider("- {name: other, newTag: '2'}", "nginx:1"), "pod.yaml:6:12");
}

TEST(ImagePattern, IsARegularExpressionThatIsNotGrouped) {
    EXPECT_TRUE(ImagePattern("ngin.").matches("nginx:1"));
    EXPECT_TRUE(ImagePattern("(?i)NGINX").matches("nginx:1"));
    EXPECT_TRUE(ImagePattern("a|b").matches("anything"));
    EXPECT_FALSE(ImagePattern("[").matches("["));
    EXPECT_TRUE(ImagePattern("r.io:5000/a").matches("r.io:5000/a:1@sha512:00"));
    EXPECT_FALSE(ImagePattern("a").matches("a:1:2"));
    EXPECT_FALSE(ImagePattern("a").matches("a@sha256"));
    EXPECT_TRUE(
        ImagePattern("a.b").matches("a\xC3\xA9"
                                    "b:1"));
}

TEST(ImageParts, LeaveTheHostAlone) {
    const ImageParts parts = split_image("host:5000/a/b:1@sha256:ab");
    EXPECT_EQ(parts.name, "host:5000/a/b");
    EXPECT_EQ(parts.tag, "1");
    EXPECT_EQ(parts.digest, "sha256:ab");
    EXPECT_EQ(split_image("a@sha256:ab").digest, "sha256:ab");
    EXPECT_EQ(split_image("a@sha256:ab").tag, "");
}

}  // namespace
}  // namespace lockstep::kustomize
