#include "git/work_tree.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using testing::GitRepo;
using testing::TempDir;

std::shared_ptr<const WorkTree> open(const std::string& path) {
    const Repository repository = Repository::open(path).value();
    return WorkTree::open(repository).value();
}

const char* letter(FileTree::Kind kind) {
    switch (kind) {
        case FileTree::Kind::file:
            return "";
        case FileTree::Kind::directory:
            return "/";
        case FileTree::Kind::symlink:
            return "@";
        case FileTree::Kind::submodule:
            return "&";
        case FileTree::Kind::absent:
            break;
    }
    return "?";
}

/// Every entry below `path`, as `ls -F` marks them; each is asked for by itself as well.
std::string all(const FileTree& tree, const std::string& path = {}) {
    std::string text;
    const std::vector<FileTree::Entry> entries = tree.list(path).value();
    for (const FileTree::Entry& entry : entries) {
        const std::string below = path.empty() ? entry.name : path + '/' + entry.name;
        EXPECT_EQ(tree.stat(below).value(), entry) << below;
        text += below + letter(entry.kind) + '\n';
        if (entry.kind == FileTree::Kind::directory) text += all(tree, below);
    }
    return text;
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(WorkTree, ShowsWhatWouldBeCommitted) {
    GitRepo repo;
    repo.write(".gitignore", "/build/\n*.log\n");
    repo.write("deploy/app.yaml", "kind: Deployment\n");
    repo.write("deploy/gone.yaml", "kind: Service\n");
    repo.write("deploy/kept.log", "tracked before it was ignored\n");
    repo.run({"add", "--force", "deploy/kept.log"});
    repo.commit();
    repo.write("deploy/new.yaml", "kind: Job\n");
    repo.write("deploy/run.log", "ignored\n");
    repo.write("build/deploy/app.yaml", "ignored\n");
    repo.write("build-notes/a b.md", "a sibling whose name begins alike\n");
    repo.remove("deploy/gone.yaml");
    repo.link("current", "deploy");
    EXPECT_EQ(all(*open(repo.path())),
              ".gitignore\n"
              "build-notes/\n"
              "build-notes/a b.md\n"
              "current@\n"
              "deploy/\n"
              "deploy/app.yaml\n"
              "deploy/kept.log\n"
              "deploy/new.yaml\n");
}

TEST(WorkTree, HidesWhatIsIgnoredFromReadersToo) {
    GitRepo repo;
    repo.write(".gitignore", "/build/\n");
    repo.write("build/app.yaml", "ignored\n");
    repo.write("app.yaml", "seen\n");
    repo.commit();
    const auto tree = open(repo.path());
    EXPECT_EQ(*tree->read("app.yaml").value(), "seen\n");
    EXPECT_EQ(to_string(tree->read("build/app.yaml").error()), "`build/app.yaml` does not exist");
    EXPECT_EQ(tree->stat("build").value().kind, FileTree::Kind::absent);
    EXPECT_EQ(to_string(tree->list("build").error()), "`build` is no folder");
    EXPECT_EQ(to_string(tree->read(".git/HEAD").error()), "`.git/HEAD` does not exist");
    EXPECT_EQ(to_string(tree->read("../x").error()), "`../x` does not exist");
}

TEST(WorkTree, ReadsTheDiskNotTheIndex) {
    GitRepo repo;
    repo.write("app.yaml", "committed\n");
    repo.commit();
    repo.write("app.yaml", "edited\n");
    EXPECT_EQ(*open(repo.path())->read("app.yaml").value(), "edited\n");
}

TEST(WorkTree, IsTheWholeTreeFromAFolderInIt) {
    GitRepo repo;
    repo.write("a.yaml", "");
    repo.write("deploy/b.yaml", "");
    EXPECT_EQ(all(*open(repo / "deploy")), "a.yaml\ndeploy/\ndeploy/b.yaml\n");
}

TEST(WorkTree, KnowsFilesAndFoldersThatChangedPlaces) {
    GitRepo repo;
    repo.write(".gitignore", "was-folder\n");
    repo.write("was-file", "");
    repo.write("was-folder/a", "");
    repo.run({"add", "--force", "was-folder/a"});
    repo.commit();
    repo.remove("was-file");
    repo.write("was-file/b", "");
    repo.remove("was-folder");
    repo.write("was-folder", "ignored\n");
    EXPECT_EQ(all(*open(repo.path())), ".gitignore\nwas-file/\nwas-file/b\n");
}

TEST(WorkTree, DoesNotLookIntoOtherRepositories) {
    GitRepo other;
    other.write("app.yaml", "");
    other.commit();
    GitRepo repo;
    repo.write("a.yaml", "");
    repo.run({"-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path(),
              "module"});
    repo.run({"clone", "--quiet", other.path(), "nested"});
    EXPECT_EQ(all(*open(repo.path())), ".gitmodules\na.yaml\nmodule&\nnested&\n");
}

TEST(WorkTree, OfALinkedWorktreeIsItsOwn) {
    GitRepo repo;
    repo.write("a.yaml", "");
    repo.commit();
    repo.write("only-in-the-first.yaml", "");
    const TempDir dir;
    repo.run({"worktree", "add", "--quiet", "--detach", dir / "second"});
    EXPECT_EQ(all(*open(dir / "second")), "a.yaml\n");
}

TEST(WorkTree, MayBeElsewhere) {
    GitRepo repo;
    const TempDir dir;
    dir.write("a.yaml", "");
    repo.run({"config", "core.worktree", dir.path().string()});
    EXPECT_EQ(all(*open(repo.path())), "a.yaml\n");
}

TEST(WorkTree, BareRepositoriesHaveNone) {
    const GitRepo repo({"--bare"});
    const Repository repository = Repository::open(repo.path()).value();
    EXPECT_EQ(to_string(WorkTree::open(repository).error()),
              "`" + repo.path() + "` is bare: it has no work tree");
}

TEST(WorkTree, RunsNothingAndLeavesTheIndexAlone) {
    GitRepo repo;
    repo.write("a.yaml", "one\n");
    repo.commit();
    // Stale stat data is what git would like to write back.
    repo.write("a.yaml", "two\n");
    repo.run({"config", "core.untrackedCache", "true"});
    repo.run({"config", "core.fsmonitor", "touch " + (repo / "ran")});
    const std::string index = repo / ".git/index";
    const std::string before = bytes_of(index);
    const auto time = std::filesystem::last_write_time(index);
    EXPECT_EQ(all(*open(repo.path())), "a.yaml\n");
    EXPECT_EQ(bytes_of(index), before);
    EXPECT_EQ(std::filesystem::last_write_time(index), time);
}

TEST(WorkTree, PipesAreAbsent) {
    GitRepo repo;
    repo.write("a.yaml", "");
    ASSERT_EQ(::mkfifo((repo / "pipe.yaml").c_str(), 0600), 0);
    EXPECT_EQ(all(*open(repo.path())), "a.yaml\n");
}

}  // namespace
}  // namespace lockstep::git
