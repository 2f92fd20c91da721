#include "os/directory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

using Kind = FileTree::Kind;
using testing::TempDir;

std::shared_ptr<const Directory> open(const TempDir& dir, Directory::Options options = {}) {
    return Directory::open(dir.path().string(), std::move(options)).value();
}

Kind kind_at(const Directory& tree, std::string_view path) {
    return tree.stat(path).value().kind;
}

TEST(Directory, ReadsFilesAndFolders) {
    const TempDir dir;
    dir.write("deploy/base/kustomization.yaml", "resources: []\n");
    const auto tree = open(dir);
    EXPECT_EQ(*tree->read("deploy/base/kustomization.yaml").value(), "resources: []\n");
    EXPECT_EQ(tree->stat("deploy/base").value(),
              (FileTree::Entry{.name = "base", .kind = Kind::directory, .id = ""}));
    EXPECT_EQ(kind_at(*tree, ""), Kind::directory);
    EXPECT_EQ(kind_at(*tree, "deploy/none"), Kind::absent);
    EXPECT_EQ(kind_at(*tree, "deploy/base/kustomization.yaml/below"), Kind::absent);
}

TEST(Directory, ListsByNameAsBytes) {
    const TempDir dir;
    for (const char* name : {"b", "a", "B", "é", "a.b", ".hidden", "bad\xff"}) dir.write(name, "");
    ::mkfifo((dir / "pipe").c_str(), 0600);
    std::string names;
    const auto entries = open(dir)->list("");
    for (const FileTree::Entry& entry : entries.value()) names += entry.name + '|';
    EXPECT_EQ(names, ".hidden|B|a|a.b|b|bad\xff|é|");
}

TEST(Directory, ListOfNoFolderIsNotFound) {
    const TempDir dir;
    dir.write("file", "");
    for (const char* path : {"file", "none", "none/below"}) {
        const auto entries = open(dir)->list(path);
        ASSERT_FALSE(entries.has_value());
        EXPECT_EQ(entries.error().message, '`' + std::string(path) + "` is no folder");
    }
}

TEST(Directory, FollowsNoSymlink) {
    const TempDir outside;
    outside.write("secret", "secret");
    const TempDir dir;
    dir.write("real/file", "text");
    std::filesystem::create_directory_symlink(outside.path(), dir / "out");
    std::filesystem::create_symlink(outside / "secret", dir / "real/link");
    std::filesystem::create_directory_symlink("real", dir / "alias");
    const auto tree = open(dir);
    EXPECT_EQ(kind_at(*tree, "out"), Kind::symlink);
    EXPECT_EQ(kind_at(*tree, "out/secret"), Kind::absent);
    EXPECT_EQ(kind_at(*tree, "alias/file"), Kind::absent);
    EXPECT_EQ(*tree->read("real/link").value(), outside / "secret");
    EXPECT_EQ(tree->read("out/secret").error().kind, Error::Kind::not_found);
    EXPECT_EQ(tree->list("out").error().kind, Error::Kind::not_found);
    EXPECT_EQ(resolve(*tree, "alias/file").value().path, "real/file");
    EXPECT_EQ(resolve(*tree, "real/link").error().kind, Error::Kind::denied);
}

TEST(Directory, NamesNothingOutside) {
    const TempDir dir;
    dir.write("in/side/file", "");
    dir.write("out", "");
    const auto tree = Directory::open(dir / "in").value();
    using namespace std::string_view_literals;
    for (const std::string_view path : {".."sv, "../out"sv, "side/../../out"sv, "/etc/passwd"sv,
                                        "side//file"sv, "./side"sv, "side/"sv, "side/file\0x"sv})
        EXPECT_EQ(kind_at(*tree, path), Kind::absent) << path;
}

TEST(Directory, MayBeNamedThroughASymlink) {
    const TempDir dir;
    dir.write("real/file", "text");
    std::filesystem::create_directory_symlink("real", dir / "alias");
    EXPECT_EQ(*Directory::open(dir / "alias").value()->read("file").value(), "text");
}

TEST(Directory, RefusesFilesAboveTheLimit) {
    const TempDir dir;
    dir.write("exact", "12345678");
    dir.write("more", "123456789");
    const auto tree = open(dir, {.file_bytes_max = 8});
    EXPECT_EQ(*tree->read("exact").value(), "12345678");
    const auto more = tree->read("more");
    ASSERT_FALSE(more.has_value());
    EXPECT_EQ(more.error().kind, Error::Kind::invalid);
    EXPECT_EQ(more.error().message, "`more` is larger than 8 bytes");
}

TEST(Directory, ReadingAFolderOrAPipeIsNotFound) {
    const TempDir dir;
    dir.write("folder/file", "");
    ::mkfifo((dir / "pipe").c_str(), 0600);
    const auto tree = open(dir);
    EXPECT_EQ(kind_at(*tree, "pipe"), Kind::absent);
    EXPECT_EQ(to_string(tree->read("pipe").error()), "`pipe` does not exist");
    EXPECT_EQ(to_string(tree->read("folder").error()), "`folder` is a folder, not a file");
}

TEST(Directory, HidesWhatItIsTold) {
    const TempDir dir;
    dir.write(".git/config", "");
    dir.write("sub/.git", "gitdir: elsewhere");
    dir.write("sub/file", "");
    const auto tree = open(dir, {.hidden = {".git"}});
    EXPECT_EQ(kind_at(*tree, ".git"), Kind::absent);
    EXPECT_EQ(kind_at(*tree, ".git/config"), Kind::absent);
    EXPECT_EQ(tree->list("").value().size(), 1u);
    EXPECT_EQ(tree->list("sub").value(),
              (std::vector<FileTree::Entry>{{.name = "file", .kind = Kind::file, .id = ""}}));
}

TEST(Directory, SaysWhatMayNotBeRead) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const TempDir dir;
    dir.write("closed/file", "");
    ::chmod((dir / "closed").c_str(), 0);
    const auto entries = open(dir)->list("closed");
    ::chmod((dir / "closed").c_str(), 0700);
    ASSERT_FALSE(entries.has_value());
    EXPECT_EQ(entries.error().kind, Error::Kind::denied);
}

TEST(Directory, OpensOnlyDirectories) {
    const TempDir dir;
    dir.write("file", "");
    for (const char* name : {"file", "none"}) {
        const auto tree = Directory::open(dir / name);
        ASSERT_FALSE(tree.has_value());
        EXPECT_EQ(tree.error().kind, Error::Kind::not_found);
    }
}

}  // namespace
}  // namespace lockstep::os
