#include "verify/named_images.h"

#include <gtest/gtest.h>

#include "verify/past.h"

namespace lockstep::verify {
namespace {

std::string told(const NamedImages& named) {
    std::string text;
    for (const project::Image& image : named.images) {
        text += image.name;
        for (const std::string& alias : image.aliases) text += " = " + alias;
        text += "\n";
    }
    for (const std::string& name : named.missing) text += "missing: " + name + "\n";
    return text;
}

/// What `names` mean in one release that declares two images of a family, and another.
std::string meant(std::vector<std::string> names, const project::Project& project = {}) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"registry.example.com/kite/kite:v1.0.0",
                                            "mirror.example.com/kite/kite:v1.0.0",
                                            "docker.io/library/redis:7"})});
    return told(named_images(names, past.history(), project));
}

TEST(NamedImages, OneWordIsTheLastElementOfAnyPath) {
    EXPECT_EQ(meant({"kite"}), "mirror.example.com/kite/kite = registry.example.com/kite/kite\n");
    EXPECT_TRUE(means_image("kite", "kite"));
    EXPECT_FALSE(means_image("kite", "example.com/kite/kite-cli"));
    EXPECT_FALSE(means_image("ite", "example.com/kite/kite"));
}

TEST(NamedImages, LongerNamesMeanTheirFamily) {
    EXPECT_EQ(meant({"kite/kite", "library/redis"}),
              "mirror.example.com/kite/kite = registry.example.com/kite/kite\n"
              "docker.io/library/redis\n");
    EXPECT_FALSE(means_image("other/kite", "example.com/kite/kite"));
}

TEST(NamedImages, SayWhatIsNotThere) {
    EXPECT_EQ(meant({"nosuch", "redis"}), "docker.io/library/redis\nnosuch\nmissing: nosuch\n");
}

TEST(NamedImages, KeepWhatIsConfigured) {
    project::Project project;
    project.images = {{.name = "registry.example.com/kite/kite"}, {.name = "example.com/other"}};
    EXPECT_EQ(meant({"kite"}, project), "registry.example.com/kite/kite\n");
}

TEST(NamedImages, ThatAreMissingLeaveTheReleaseUnchecked) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"example.com/app:v1.0.0"})});
    evidence::Tree tree = *past.history().releases[0].tree;
    tree.gaps.push_back({.error = {.kind = Error::Kind::not_found, .message = "no such image"},
                         .is_demanded = true});
    past.history().releases[0].tree = std::make_shared<const evidence::Tree>(std::move(tree));
    // Whatever surfaces are looked at.
    const manifest::Surface helm[] = {manifest::Surface::helm};
    for (const Audit& audit : {judge(past.history(), {}), judge(past.history(), {}, helm)})
        EXPECT_EQ(audit.releases[0].verdict, Verdict::unchecked);
}

}  // namespace
}  // namespace lockstep::verify
