#include "os/write_tree.h"

#include <gtest/gtest.h>

#include "os/file.h"
#include "os/temporary_directory.h"
#include "support/memory_tree.h"
#include "support/temp_dir.h"

namespace lockstep::os {
namespace {

namespace fs = std::filesystem;
using testing::MemoryTree;
using testing::TempDir;

/// Everything below a folder: "deploy/", "deploy/a = text", "link -> target".
std::string listing(const fs::path& root) {
    std::vector<std::string> lines;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        const std::string name = entry.path().lexically_relative(root).string();
        if (entry.is_symlink())
            lines.push_back(name + " -> " + fs::read_symlink(entry.path()).string());
        else if (entry.is_directory())
            lines.push_back(name + "/");
        else
            lines.push_back(name + " = " + read_file(entry.path().string()).value());
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

TEST(WriteTree, WritesFilesFoldersAndLinks) {
    MemoryTree tree{{"deploy/base/a.yaml", "a"}, {"empty", ""}};
    tree.link("deploy/current", "base/a.yaml");
    tree.link("deploy/base/up", "..");
    tree.link("dangling", "deploy/none");
    const TempDir dir;
    ASSERT_TRUE(write_tree(tree, dir / "new/folder").has_value());
    EXPECT_EQ(listing(dir / "new/folder"),
              "dangling -> deploy/none\n"
              "deploy/\n"
              "deploy/base/\n"
              "deploy/base/a.yaml = a\n"
              "deploy/base/up -> ..\n"
              "deploy/current -> base/a.yaml\n"
              "empty = \n");
}

TEST(WriteTree, LeavesOutWhatLeadsOutOfTheTree) {
    MemoryTree tree{{"a/b/file", "text"}, {".git/hooks/post-checkout", "x"}, {".GIT/config", "y"}};
    tree.link("absolute", "/etc/passwd");
    tree.link("a/above", "../../secret");
    tree.link("deep", "a/b");
    tree.link("a/b/through", "../../deep/../../../secret");  // as a text it stays in the tree
    tree.link("loop", "loop");
    const TempDir dir;
    ASSERT_TRUE(write_tree(tree, dir / "tree").has_value());
    EXPECT_EQ(listing(dir / "tree"), "a/\na/b/\na/b/file = text\ndeep -> a/b\n");
}

TEST(WriteTree, WritesAPartWithoutItsLinks) {
    MemoryTree tree{{"charts/kite/Chart.yaml", "name: kite"}, {"other", ""}};
    tree.link("charts/kite/README", "../../other");
    const TempDir dir;
    ASSERT_TRUE(
        write_tree(tree, dir / "kite", {.directory = "charts/kite", .links = false}).has_value());
    EXPECT_EQ(listing(dir / "kite"), "Chart.yaml = name: kite\n");
}

TEST(WriteTree, HasLimits) {
    const MemoryTree tree{{"a", "12345"}, {"b", "12345"}};
    const TempDir dir;
    EXPECT_EQ(write_tree(tree, dir / "1", {.files_max = 1}).error().message,
              "the tree has more than 1 files");
    EXPECT_EQ(write_tree(tree, dir / "2", {.bytes_max = 9}).error().message,
              "the tree's files have more than 9 bytes");
    EXPECT_TRUE(write_tree(tree, dir / "3", {.files_max = 2, .bytes_max = 10}).has_value());
}

/// A tree that names one thing twice, as a damaged object of Git may: a link, and a folder.
class TwoFaced : public FileTree {
  public:
    explicit TwoFaced(std::string target) : target_(std::move(target)) {}
    Result<Entry> stat(std::string_view path) const override {
        const bool is_link = path == "x";
        return Entry{std::string(path), is_link ? Kind::symlink : Kind::file, {}};
    }
    Result<Blob> read(std::string_view path) const override {
        return std::make_shared<const std::string>(path == "x" ? target_ : "written");
    }
    Result<std::vector<Entry>> list(std::string_view path) const override {
        if (path.empty())
            return std::vector<Entry>{{"x", Kind::symlink, {}}, {"x", Kind::directory, {}}};
        return std::vector<Entry>{{"file", Kind::file, {}}};
    }

  private:
    std::string target_;
};

TEST(WriteTree, WritesNothingThroughALink) {
    const TempDir dir;
    dir.write("outside/there", "as it was");
    EXPECT_TRUE(write_tree(TwoFaced("../outside"), dir / "tree").has_value());
    const auto in_the_way = write_tree(TwoFaced("none"), dir / "again");
    EXPECT_EQ(in_the_way.error().kind, Error::Kind::conflict);
    EXPECT_EQ(listing(dir / "outside"), "there = as it was\n");
    EXPECT_EQ(listing(dir / "tree"), "x/\nx/file = written\n");
}

TEST(TemporaryDirectory, GoesWithItsOwner) {
    std::string path;
    {
        auto made = TemporaryDirectory::make("lockstep-test-");
        ASSERT_TRUE(made.has_value());
        const TemporaryDirectory folder = std::move(*made);
        path = folder.path();
        ASSERT_TRUE(write_file(path + "/file", "text").has_value());
        EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    }
    EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace lockstep::os
