#include "base/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace lockstep {
namespace {

std::string_view nearest_of(std::string_view word, const std::vector<std::string_view>& words) {
    return nearest(word, words);
}

TEST(Nearest, IsTheWordThatWasMistyped) {
    EXPECT_EQ(nearest_of("imagse", {"charts", "images", "paths"}), "images");
    EXPECT_EQ(nearest_of("zebra", {"charts", "images", "paths"}), "");
}

TEST(Nearest, OfEquallyNearOnesBeginsAlikeTheLongest) {
    EXPECT_EQ(nearest_of("v0.29.1", {"v0.27.1", "v0.28.1", "v0.29.0", "v0.29.2"}), "v0.29.0");
    EXPECT_EQ(nearest_of("v0.29.1", {"v0.29.2", "v0.29.0", "v0.28.1"}), "v0.29.2");
}

}  // namespace
}  // namespace lockstep
