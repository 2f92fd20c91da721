#include "workspace/configuration.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::workspace {
namespace {

using testing::MemoryTree;

std::string name_in(const MemoryTree& tree) {
    const Result<project::Project> project = find_configuration(tree);
    return project ? project->name : to_string(project.error());
}

TEST(Configuration, IsFoundAtTheRoot) {
    EXPECT_EQ(name_in(MemoryTree{{"lockstep.yaml", "name: app\n"}}), "app");
    EXPECT_EQ(name_in(MemoryTree{{"deploy/lockstep.yaml", "name: app\n"}}), "");
}

TEST(Configuration, MayBeALink) {
    MemoryTree tree{{"ci/lockstep.yaml", "name: app\n"}};
    tree.link("lockstep.yaml", "ci/lockstep.yaml");
    EXPECT_EQ(name_in(tree), "app");
}

TEST(Configuration, AtALinkThatLeadsNowhereIsAnError) {
    MemoryTree tree{{"a.yaml", ""}};
    tree.link("lockstep.yaml", "ci/lockstep.yaml");
    EXPECT_EQ(name_in(tree), "the configuration: `lockstep.yaml` does not exist");
}

TEST(Configuration, OutsideTheTreeIsNotRead) {
    MemoryTree tree{{"a.yaml", ""}};
    tree.link("lockstep.yaml", "/etc/hostname");
    EXPECT_EQ(name_in(tree),
              "the configuration: symlink `lockstep.yaml` points outside the tree, to "
              "`/etc/hostname`");
}

}  // namespace
}  // namespace lockstep::workspace
