#include "git/tree_object.h"

#include <gtest/gtest.h>

namespace lockstep::git {
namespace {

using namespace std::string_literals;

const std::string id_a(20, 'a');
const std::string id_b(20, 'b');

std::string entry(const std::string& mode, const std::string& name, const std::string& id = id_a) {
    return mode + ' ' + name + '\0' + id;
}

std::string names_of(const TreeObject& tree) {
    std::string names;
    for (std::size_t at = 0; at < tree.size(); ++at) names += std::string(tree.at(at).name) + '|';
    return names;
}

std::string error_of(const std::string& bytes) {
    const auto tree = TreeObject::parse(bytes, 20);
    if (tree) return "no error";
    EXPECT_EQ(tree.error().kind, Error::Kind::corrupt);
    return tree.error().message;
}

TEST(TreeObject, KnowsTheKinds) {
    const TreeObject tree =
        TreeObject::parse(entry("100644", "file") + entry("120000", "link") +
                              entry("160000", "module") + entry("100755", "script") +
                              entry("40000", "tree", id_b),
                          20)
            .value();
    using Kind = FileTree::Kind;
    EXPECT_EQ(tree.find("file")->kind, Kind::file);
    EXPECT_EQ(tree.find("script")->kind, Kind::file);
    EXPECT_EQ(tree.find("link")->kind, Kind::symlink);
    EXPECT_EQ(tree.find("module")->kind, Kind::submodule);
    EXPECT_EQ(tree.find("tree")->kind, Kind::directory);
    EXPECT_EQ(tree.find("tree")->id, id_b);
    EXPECT_FALSE(tree.find("tre").has_value());
    EXPECT_FALSE(tree.find("").has_value());
}

TEST(TreeObject, SortsByNameWhereGitSortsFoldersWithASlash) {
    // Git's order: "a-b" (0x2d) before "a/" (0x2f) before "a0".
    const TreeObject tree =
        TreeObject::parse(entry("100644", "a-b") + entry("40000", "a") + entry("100644", "a0"), 20)
            .value();
    EXPECT_EQ(names_of(tree), "a|a-b|a0|");
    for (const char* name : {"a", "a-b", "a0"}) EXPECT_TRUE(tree.find(name).has_value()) << name;
}

TEST(TreeObject, TakesSha256AndAnyBytesInNames) {
    const TreeObject tree =
        TreeObject::parse("100644 caf\xe9 \n\xff\0"s + std::string(32, 'x'), 32).value();
    EXPECT_EQ(names_of(tree), "caf\xe9 \n\xff|");
    EXPECT_EQ(tree.at(0).id, std::string(32, 'x'));
}

TEST(TreeObject, EmptyIsATree) {
    EXPECT_EQ(TreeObject::parse("", 20).value().size(), 0u);
}

TEST(TreeObject, RefusesWhatIsNone) {
    const std::string whole = entry("100644", "file");
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_EQ(error_of(whole.substr(0, size)),
                  "the tree object is damaged: it ends within an entry");
    EXPECT_EQ(error_of(entry("100644", "a") + entry("100644", "a")),
              "the tree object is damaged: `a` stands in it twice");
    EXPECT_EQ(error_of(entry("100644", "a") + entry("100644", "a.b") + entry("40000", "a")),
              "the tree object is damaged: `a` stands in it twice");
    for (const char* name : {"", ".", "..", "a/b", "/"})
        EXPECT_EQ(error_of(entry("100644", name)),
                  "the tree object is damaged: an entry is named `" + std::string(name) + '`');
    for (const char* mode : {"", "0", "644", "100648", "1006444", "170000", "-00644"})
        EXPECT_EQ(error_of(entry(mode, "a")),
                  "the tree object is damaged: an entry has the mode `" + std::string(mode) + '`');
}

}  // namespace
}  // namespace lockstep::git
