#include "changes/images.h"

#include <gtest/gtest.h>

#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string deployment(std::string_view image) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: "
           "{containers: "
           "[{name: c, image: 'r.io/" +
           std::string(image) + "'}]}}}\n";
}

/// What is said of the step from a to b; what the registry has of each.
std::string said(const ImageAnswer& a, const ImageAnswer& b) {
    const Parsed before(deployment("a:1")), after(deployment("a:2"));
    Upgrade upgrade = judged(before, after);
    EXPECT_EQ(images_of(upgrade), (std::vector<std::string>{"r.io/a:1", "r.io/a:2"}));
    judge_images({{"r.io/a:1", a}, {"r.io/a:2", b}}, upgrade);
    std::string text;
    for (const Effect& effect : upgrade.changes.at(0).effects)
        text += std::string(effect.rule) + ": " + effect.why + '\n';
    for (const std::string& notice : upgrade.notices) text += notice + '\n';
    return text + (upgrade.is_image_unknown ? "unknown\n" : "");
}

using State = ImageAnswer::State;

TEST(Images, LoseAPlatform) {
    EXPECT_EQ(said({State::found, "", {"linux/amd64", "linux/arm64"}},
                   {State::found, "", {"linux/amd64"}}),
              "image-platform-lost: the new image does not run on linux/arm64, the old one does\n");
    EXPECT_EQ(said({State::found, "", {"linux/amd64"}},
                   {State::found, "", {"linux/amd64", "linux/arm64"}}),
              "");
}

TEST(Images, AreNotThere) {
    EXPECT_EQ(said({State::found, "", {}}, {State::missing, "", {}}),
              "image-missing: its registry does not have the new image\n");
}

TEST(Images, ThatNobodyToldOfAreNotCalledFine) {
    EXPECT_EQ(said({State::found, "", {}}, {State::unknown, "503", {}}),
              "the platforms of `r.io/a:2` are not known: 503\nunknown\n");
}

}  // namespace
}  // namespace lockstep::changes
