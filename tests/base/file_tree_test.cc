#include "base/file_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/memory_tree.h"

namespace lockstep {
namespace {

std::string shown(const Result<std::string>& path) {
    return path.has_value()
               ? "/" + *path
               : std::string(to_string(path.error().kind)) + ": " + path.error().message;
}

std::string shown(const Result<Resolved>& found) {
    return found.has_value() ? shown(Result<std::string>(found->path))
                             : shown(Result<std::string>(std::unexpected(found.error())));
}

struct Join {
    std::string base, path, expected;
};

TEST(JoinPath, NormalisesAndStaysInside) {
    const std::vector<Join> cases = {
        {"a/b", "c", "/a/b/c"},
        {"a/b", "../c", "/a/c"},
        {"a/b", "../../c", "/c"},
        {"a/b", "../..", "/"},
        {"a/b", "./c//d/", "/a/b/c/d"},
        {"", "a", "/a"},
        {"", "", "/"},
        {"", ".", "/"},
        {"a", "..", "/"},
        {"a", "../..", "denied: `../..` leaves the root of the tree"},
        {"", "../a", "denied: `../a` leaves the root of the tree"},
        {"a", "b/../../../c", "denied: `b/../../../c` leaves the root of the tree"},
        {"a", "/etc/passwd", "denied: `/etc/passwd` is an absolute path"},
        {"a", "...", "/a/..."},
    };
    for (const Join& each : cases)
        EXPECT_EQ(shown(join_path(each.base, each.path)), each.expected)
            << each.base << " and " << each.path;
}

TEST(Resolve, FollowsLinksInEveryPart) {
    testing::MemoryTree tree{{"deploy/base/a.yaml", "a"}};
    tree.link("current", "deploy");
    tree.link("deploy/link.yaml", "base/a.yaml");
    tree.link("deploy/up", "../deploy/base");
    tree.link("twice", "current/up");
    EXPECT_EQ(shown(resolve(tree, "deploy/base/a.yaml")), "/deploy/base/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "current/base/a.yaml")), "/deploy/base/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "current/link.yaml")), "/deploy/base/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "twice/a.yaml")), "/deploy/base/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "")), "/");
}

TEST(Resolve, RefusesLinksThatLeaveOrNeverEnd) {
    testing::MemoryTree tree{{"a.yaml", "a"}};
    tree.link("absolute", "/etc/passwd");
    tree.link("above", "../outside");
    tree.link("loop", "loop");
    tree.link("ping", "pong");
    tree.link("pong", "ping");
    tree.link("dangling", "nowhere");
    EXPECT_EQ(shown(resolve(tree, "absolute")),
              "denied: symlink `absolute` points outside the tree, to `/etc/passwd`");
    EXPECT_EQ(shown(resolve(tree, "above")), "denied: `above`: `..` leaves the root of the tree");
    EXPECT_EQ(shown(resolve(tree, "loop")), "denied: `loop` is a chain of too many symlinks");
    EXPECT_EQ(shown(resolve(tree, "ping")), "denied: `ping` is a chain of too many symlinks");
    EXPECT_EQ(shown(resolve(tree, "dangling")), "not found: `dangling` does not exist");
    EXPECT_EQ(shown(resolve(tree, "b.yaml")), "not found: `b.yaml` does not exist");
    EXPECT_EQ(shown(resolve(tree, "a.yaml/b")), "not found: `a.yaml/b` does not exist");
}

TEST(Resolve, RefusesALinkLongerThanAnyPath) {
    testing::MemoryTree tree{{"a.yaml", "a"}};
    std::string target;
    while (target.size() < 1u << 20) target += "./";
    tree.link("long", target + "a.yaml");
    EXPECT_EQ(shown(resolve(tree, "long")),
              "denied: symlink `long` names a path of 1048582 bytes; no system follows it");
}

TEST(Resolve, TakesPathsAsTheyAreWritten) {
    const testing::MemoryTree tree{{"deploy/a.yaml", "a"}};
    EXPECT_EQ(shown(resolve(tree, "deploy/./a.yaml")), "/deploy/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "deploy//a.yaml")), "/deploy/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "deploy/../deploy/a.yaml")), "/deploy/a.yaml");
    EXPECT_EQ(shown(resolve(tree, "../a.yaml")),
              "denied: `../a.yaml`: `..` leaves the root of the tree");
    EXPECT_EQ(shown(resolve(tree, "deploy/..")), "/");
}

/// Counts what it is asked.
class CountingTree : public testing::MemoryTree {
  public:
    using MemoryTree::MemoryTree;
    Result<Entry> stat(std::string_view path) const override {
        ++questions;
        return MemoryTree::stat(path);
    }
    mutable int questions = 0;
};

TEST(Resolve, AsksNoMoreOfADeepTreeThanOfAFlatOne) {
    std::string folder;
    for (int level = 0; level < 1000; ++level) folder += "d/";
    const CountingTree flat{{"d/a.yaml", "a"}};
    const CountingTree deep{{folder + "a.yaml", "a"}};
    EXPECT_EQ(shown(resolve(flat, "d/a.yaml")), "/d/a.yaml");
    EXPECT_EQ(shown(resolve(deep, folder + "a.yaml")), "/" + folder + "a.yaml");
    EXPECT_EQ(shown(resolve(flat, "d/b.yaml")), "not found: `d/b.yaml` does not exist");
    EXPECT_EQ(shown(resolve(deep, folder + "b.yaml")),
              "not found: `" + folder + "b.yaml` does not exist");
    EXPECT_EQ(deep.questions, flat.questions);
}

TEST(Path, HasAParentAndAName) {
    EXPECT_EQ(parent_path("a/b/c"), "a/b");
    EXPECT_EQ(parent_path("a"), "");
    EXPECT_EQ(parent_path(""), "");
    EXPECT_EQ(file_name("a/b/c"), "c");
    EXPECT_EQ(file_name("a"), "a");
    EXPECT_EQ(file_name(""), "");
}

}  // namespace
}  // namespace lockstep
