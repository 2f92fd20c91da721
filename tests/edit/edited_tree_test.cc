#include "edit/edited_tree.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::edit {
namespace {

FileEdit edit_of(std::string path, std::string after) {
    return {.path = std::move(path),
            .before = nullptr,
            .after = std::make_shared<const std::string>(std::move(after)),
            .replacements = {}};
}

TEST(EditedTree, ReadsTheEditedBytesAndTheOthersAsTheyAre) {
    const auto base = std::make_shared<testing::MemoryTree>();
    base->write("a/b/c.yaml", "old");
    base->write("a/d.yaml", "same");
    const EditedTree tree(base, {edit_of("a/b/c.yaml", "new")});
    EXPECT_EQ(**tree.read("a/b/c.yaml"), "new");
    EXPECT_EQ(**tree.read("a/d.yaml"), "same");
    EXPECT_EQ(tree.stat("a/b/c.yaml")->id, "");
    EXPECT_EQ(tree.stat("a/d.yaml")->id, "text:same");
    EXPECT_EQ(*tree.look("a/b/c.yaml")->bytes, "new");
}

TEST(EditedTree, ListsWithoutIdsOnTheWayToAnEditedFile) {
    const auto base = std::make_shared<testing::MemoryTree>();
    base->write("a/c.yaml", "old");
    base->write("a/d.yaml", "same");
    const EditedTree tree(base, {edit_of("a/c.yaml", "new")});
    std::string ids;
    const auto entries = tree.list("a");
    for (const FileTree::Entry& entry : *entries) ids += entry.name + "=" + entry.id + " ";
    EXPECT_EQ(ids, "c.yaml= d.yaml=text:same ");
}

}  // namespace
}  // namespace lockstep::edit
