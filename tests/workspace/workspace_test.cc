#include "workspace/workspace.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "support/git_repo.h"

namespace lockstep::workspace {
namespace {

std::string error_of(const std::string& directory) {
    const Result<Workspace> workspace = Workspace::open({.directory = directory});
    return workspace ? "" : to_string(workspace.error());
}

/// PATH for the length of a test.
class Path {
  public:
    explicit Path(const char* value) { ::setenv("PATH", value, 1); }
    ~Path() { ::setenv("PATH", before_.c_str(), 1); }

  private:
    std::string before_ = ::getenv("PATH");
};

TEST(Workspace, MayBeAPlainFolder) {
    const testing::TempDir folder;
    auto workspace = Workspace::open({.directory = folder.path().string()});
    ASSERT_TRUE(workspace) << to_string(workspace.error());
    EXPECT_EQ(workspace->repository(), nullptr);
    EXPECT_TRUE(workspace->work_tree("v1.0.0"));
}

TEST(Workspace, OfADamagedRepositoryIsNoPlainFolder) {
    const testing::GitRepo repository;
    repository.write(".git/HEAD", "nonsense");
    EXPECT_EQ(error_of(repository.path()),
              "git does not take `" + repository.path() + "` for a repository");
}

TEST(Workspace, WithoutGitIsNoPlainFolder) {
    const testing::GitRepo repository;
    const Path path("/nonexistent");
    EXPECT_EQ(error_of(repository.path()), "there is no `git` on PATH");
}

}  // namespace
}  // namespace lockstep::workspace
