#include "release/aliases.h"

#include <gtest/gtest.h>

namespace lockstep::release {
namespace {

std::string alias(const std::string& pattern, const std::string& version) {
    return alias_for(pattern, version::Version::parse(version).value());
}

TEST(Alias, SaysAsMuchOfAVersionAsItsPattern) {
    EXPECT_EQ(alias("latest", "1.2.3"), "latest");
    EXPECT_EQ(alias("{major}", "1.2.3"), "1");
    EXPECT_EQ(alias("v{major}", "10.2.3"), "v10");
    EXPECT_EQ(alias("{major}.{minor}", "1.20.3"), "1.20");
    EXPECT_EQ(alias("v{major}.{minor}-stable", "1.2.3"), "v1.2-stable");
    EXPECT_EQ(alias("{major}.{minor}.{patch}", "0.0.7"), "0.0.7");
    EXPECT_EQ(alias("{major}-{major}", "1.2.3"), "1-1");
    EXPECT_EQ(alias("release-{version}", "1.2.3"), "release-1.2.3");
}

TEST(Alias, HoldsNoCharacterThatATagCannot) {
    EXPECT_EQ(alias("{version}", "1.2.3+build.7"), "1.2.3-build.7");
}

TEST(Alias, NeverLeadsToAPrerelease) {
    for (const char* const pattern : {"latest", "{major}.{minor}", "{version}"}) {
        EXPECT_EQ(alias(pattern, "1.2.3-rc.1"), "") << pattern;
        EXPECT_EQ(alias(pattern, "2.0.0-0"), "") << pattern;
    }
    EXPECT_EQ(alias("latest", "1.2.3+rc.1"), "latest");
}

}  // namespace
}  // namespace lockstep::release
