#include "git/repository.h"

#include <gtest/gtest.h>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using testing::GitRepo;

TEST(Repository, ReadsFilesOfATag) {
    GitRepo repo;
    repo.write("deploy/kustomization.yaml", "resources: []\n");
    repo.commit();
    repo.tag("v1.0.0");
    Repository opened = Repository::open(repo.path()).value();
    const std::vector<Tag> tags = opened.tags().value();
    ASSERT_EQ(tags.size(), 1u);
    EXPECT_EQ(tags[0].name, "v1.0.0");
    const auto tree = opened.tree(tags[0].tree);
    EXPECT_EQ(*tree->read("deploy/kustomization.yaml").value(), "resources: []\n");
}

}  // namespace
}  // namespace lockstep::git
