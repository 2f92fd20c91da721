#include "os/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

using testing::TempDir;

std::size_t count_in(const TempDir& dir) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir.path()))
        ++count;
    return count;
}

TEST(ReplaceFile, WritesAndReplaces) {
    const TempDir dir;
    const std::string path = dir / "file";
    ASSERT_TRUE(replace_file(path, "one").has_value());
    ASSERT_TRUE(replace_file(path, "two").has_value());
    EXPECT_EQ(read_file(path).value(), "two");
    EXPECT_EQ(count_in(dir), 1u);
}

TEST(ReplaceFile, KeepsPermissions) {
    const TempDir dir;
    dir.write("file", "one");
    ::chmod((dir / "file").c_str(), 0640);
    ASSERT_TRUE(replace_file(dir / "file", "two").has_value());
    EXPECT_EQ(std::filesystem::status(dir / "file").permissions(), std::filesystem::perms(0640));
}

TEST(ReplaceFile, LeavesNothingBehindWhenItCannot) {
    const TempDir dir;
    dir.write("folder/file", "");
    EXPECT_FALSE(replace_file(dir / "folder", "text").has_value());
    EXPECT_EQ(replace_file(dir / "none/file", "text").error().kind, Error::Kind::not_found);
    EXPECT_EQ(count_in(dir), 1u);
}

TEST(ReplaceFile, ReplacesASymlinkInsteadOfItsTarget) {
    const TempDir dir;
    dir.write("target", "old");
    std::filesystem::create_symlink("target", dir / "link");
    ASSERT_TRUE(replace_file(dir / "link", "new").has_value());
    EXPECT_EQ(read_file(dir / "target").value(), "old");
    EXPECT_EQ(read_file(dir / "link").value(), "new");
}

TEST(ReadFile, HoldsItsLimit) {
    const TempDir dir;
    dir.write("file", "12345");
    EXPECT_EQ(read_file(dir / "file", 5).value(), "12345");
    EXPECT_EQ(to_string(read_file(dir / "file", 4).error()),
              '`' + dir / "file" + "` is larger than 4 bytes");
    EXPECT_EQ(to_string(read_file("/dev/zero").error()), "`/dev/zero` is not a regular file");
}

TEST(ReadFile, ReadsWhatHasNoSizeBeforehand) {
    EXPECT_TRUE(read_file("/proc/self/status").value().starts_with("Name:"));
}

TEST(Folders, AreMadeRenamedAndRemoved) {
    const TempDir dir;
    ASSERT_TRUE(make_directories(dir / "a/b/c").has_value());
    ASSERT_TRUE(make_directories(dir / "a/b/c").has_value());
    const std::string made = make_temporary_directory(dir / "a", "new-").value();
    ASSERT_TRUE(rename_directory(made, dir / "a/d").has_value());
    EXPECT_EQ(rename_directory(dir / "a/d", dir / "a/b").error().kind, Error::Kind::conflict);
    EXPECT_EQ(canonical_path(dir / "a/./b/../d").value(), dir / "a/d");
    ASSERT_TRUE(remove_tree(dir / "a").has_value());
    ASSERT_TRUE(remove_tree(dir / "a").has_value());
    EXPECT_FALSE(is_directory(dir / "a"));
}

TEST(Folders, AreNotMadeOverAFile) {
    const TempDir dir;
    dir.write("file", "");
    EXPECT_EQ(make_directories(dir / "file").error().kind, Error::Kind::conflict);
    EXPECT_EQ(make_directories(dir / "file/below").error().kind, Error::Kind::not_found);
}

TEST(FileLock, KeepsOthersOutUntilItGoes) {
    const TempDir dir;
    {
        const auto held = FileLock::acquire(dir / "lock", std::chrono::milliseconds(0)).value();
        const auto second = FileLock::acquire(dir / "lock", std::chrono::milliseconds(20));
        ASSERT_FALSE(second.has_value());
        EXPECT_EQ(second.error().kind, Error::Kind::unavailable);
    }
    EXPECT_TRUE(FileLock::acquire(dir / "lock", std::chrono::milliseconds(0)).has_value());
}

}  // namespace
}  // namespace lockstep::os
