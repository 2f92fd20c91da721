#include "manifest/version_like.h"

#include <gtest/gtest.h>

namespace lockstep::manifest {
namespace {

TEST(VersionLike, IsWhatRealTagsLookLike) {
    for (const char* const version :
         {"v1.2.3", "1.2", "2", "v9", "vv1.0.86", "v5.0.0-rc3-webhook", "1.0.0_2", "20260712",
          "v1.31.0-eksbuild.4", "0.92.0+build", "V2.0"})
        EXPECT_TRUE(is_version_like(version)) << version;
}

TEST(VersionLike, IsNoBranchCommitOrWord) {
    for (const char* const other : {"", "v", "latest", "main", "release-1.34", "1f3c9e2", "v1beta1",
                                    "$(TAG)", "1.2 3", "%version%", "stable", "{{ .Tag }}"})
        EXPECT_FALSE(is_version_like(other)) << other;
}

TEST(VersionLike, IsClearWithADotOrAV) {
    EXPECT_TRUE(is_clearly_version("v1"));
    EXPECT_TRUE(is_clearly_version("1.2"));
    EXPECT_FALSE(is_clearly_version("8080"));
}

TEST(VersionLike, OrdersAsPeopleDo) {
    const char* const in_order[] = {"v0.9.0",     "0.10.0",       "v0.10.0.1", "v1.0.0-alpha.1",
                                    "1.0.0-rc.2", "v1.0.0-rc.10", "v1.0.0",    "v1.0.1"};
    for (std::size_t a = 0; a < std::size(in_order); ++a)
        for (std::size_t b = 0; b < std::size(in_order); ++b)
            EXPECT_EQ(is_older(in_order[a], in_order[b]), a < b)
                << in_order[a] << " " << in_order[b];
}

}  // namespace
}  // namespace lockstep::manifest
