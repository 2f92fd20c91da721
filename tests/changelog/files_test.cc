#include "changelog/files.h"

#include <gtest/gtest.h>

namespace lockstep::changelog {
namespace {

TEST(Files, ThatAreChangeLogs) {
    for (const std::string_view name :
         {"CHANGELOG.md", "Changes", "HISTORY.rst", "NEWS", "RELEASES.md", "RELEASE_NOTES.md",
          "release-notes.txt", "CHANGELOG-1.31.md", "CHANGES-v2.0.0.md", "UPGRADING.md"})
        EXPECT_TRUE(is_change_log(name)) << name;
    for (const std::string_view name : {"README.md", "changelog.go", "CHANGELOG.yaml", "release.sh",
                                        "releases-of-cheese.md", "history.json"})
        EXPECT_FALSE(is_change_log(name)) << name;
}

TEST(Files, AreCalledByAVersion) {
    const auto called = [](std::string_view name) {
        const auto version = version_of_file(name);
        return version ? version->str() : std::string("none");
    };
    EXPECT_EQ(called("v1.2.3.md"), "1.2.3");
    EXPECT_EQ(called("CHANGELOG-1.31.md"), "1.31");
    EXPECT_EQ(called("release-1.2.3.md"), "1.2.3");
    EXPECT_EQ(called("1.2.3-rc.1.md"), "1.2.3-rc.1");
    EXPECT_EQ(called("README.md"), "none");
    EXPECT_EQ(called("http2.md"), "none");
}

TEST(Files, StandInFolders) {
    EXPECT_TRUE(is_folder_of_notes("CHANGELOG"));
    EXPECT_TRUE(is_folder_of_notes("release_notes"));
    EXPECT_TRUE(is_folder_of_notes(".changes"));
    EXPECT_FALSE(is_folder_of_notes("src"));
}

}  // namespace
}  // namespace lockstep::changelog
