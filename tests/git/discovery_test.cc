#include "git/discovery.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/git_repo.h"
#include "support/scoped_variable.h"

namespace lockstep::git {
namespace {

using testing::Git;
using testing::GitRepo;
using testing::ScopedVariable;
using testing::TempDir;

std::string shown(const Location& location, const std::string& remote_url) {
    return location.git_directory + '\n' + location.common_directory + '\n' +
           location.object_format + '\n' + location.prefix + '\n' +
           location.work_tree.value_or("bare") + (location.is_shallow ? "\nshallow" : "") +
           (location.is_partial ? "\npartial" : "") + '\n' + remote_url;
}

std::string in_files(const std::string& directory) {
    const auto found = discover(directory);
    return found ? shown(found->location, remote_url_in_files(*found).value_or("git is asked"))
                 : "git is asked";
}

std::string by_git(const std::string& directory) {
    auto running = start_locating(directory).value();
    const Location location = read_location(running.finish().value(), directory).value();
    const auto remotes = os::run(ask_remote_url(directory)).value();
    return shown(location, read_remote_url(remotes, directory).value());
}

class Discover : public ::testing::Test {
  protected:
    void SetUp() override {
        repository_.write("folder/below/file", "1");
        repository_.commit();
        repository_.tag("v1.0.0");
        repository_.run({"remote", "add", "upstream", "https://example.org/a b/up.git"});
    }
    void expect_same(const std::string& directory) const {
        const std::string found = in_files(directory);
        EXPECT_EQ(found, by_git(directory)) << directory;
    }
    void configure(const std::string& text) const {
        std::ofstream(repository_ / ".git/config", std::ios::app) << text;
    }
    bool is_found() const { return discover(repository_.path()).has_value(); }

    // The environment of whoever runs the tests is not the subject.
    ScopedVariable trace_{"GIT_TRACE", std::nullopt};
    GitRepo repository_;
    TempDir dir_;
};

TEST_F(Discover, FindsWhatGitFinds) {
    expect_same(repository_.path());
    expect_same(repository_ / "folder/below");
    expect_same(repository_ / "folder/../folder/");
    std::filesystem::create_directory_symlink(repository_ / "folder", dir_ / "link");
    expect_same(dir_ / "link/below");
    repository_.run({"clone", "-q", "--bare", repository_.path(), dir_ / "bare"});
    expect_same(dir_ / "bare");
    repository_.run({"clone", "-q", "--depth=1", "file://" + repository_.path(), dir_ / "shallow"});
    expect_same(dir_ / "shallow");
    repository_.run({"config", "uploadpack.allowFilter", "true"});
    repository_.run({"clone", "-q", "--no-checkout", "--filter=blob:none",
                     "file://" + repository_.path(), dir_ / "partial"});
    expect_same(dir_ / "partial");
    repository_.run(
        {"clone", "-q", "--separate-git-dir=" + dir_ / "apart", repository_.path(), dir_ / "tree"});
    expect_same(dir_ / "tree");
}

TEST_F(Discover, FindsLinkedWorkTrees) {
    repository_.run({"worktree", "add", "-q", "--detach", dir_ / "linked"});
    expect_same(dir_ / "linked");
    expect_same(dir_ / "linked/folder");
    repository_.run({"clone", "-q", "--bare", repository_.path(), dir_ / "bare"});
    Git(dir_ / "bare").run({"worktree", "add", "-q", "--detach", dir_ / "of-bare"});
    expect_same(dir_ / "of-bare");
    repository_.run({"config", "extensions.worktreeConfig", "true"});
    expect_same(dir_ / "linked");
    Git(dir_ / "linked").run({"config", "--worktree", "core.abbrev", "12"});
    EXPECT_EQ(in_files(dir_ / "linked"), "git is asked");
}

TEST_F(Discover, KnowsFormats) {
    const GitRepo sha256({"--object-format=sha256"});
    expect_same(sha256.path());
    EXPECT_EQ(discover(sha256.path())->id_bytes, 32u);
    configure("[extensions]\n\tnoop = true\n");
    expect_same(repository_.path());
    configure("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha1\n");
    EXPECT_TRUE(is_found());
    expect_same(repository_.path());
    configure("[core]\n\trepositoryformatversion = 0\n");
    EXPECT_FALSE(is_found()) << "an extension of version 1 in version 0";
    configure("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tnobodyKnows = true\n");
    EXPECT_FALSE(is_found());
}

TEST_F(Discover, ChoosesTheRemoteThatGitLists) {
    expect_same(repository_.path());
    configure("[remote]\n\turl = https://example.org/of-none\n");
    expect_same(repository_.path());
    repository_.run({"remote", "add", "other", "https://example.org/other"});
    expect_same(repository_.path());
    repository_.run({"remote", "add", "origin", "https://example.org/origin"});
    repository_.run({"remote", "set-url", "--add", "origin", "https://example.org/second"});
    expect_same(repository_.path());
    dir_.write("global", "[remote \"origin\"]\n\turl = https://example.org/global\n");
    const ScopedVariable global("GIT_CONFIG_GLOBAL", dir_ / "global");
    expect_same(repository_.path());
}

TEST_F(Discover, LeavesToGitWhatIsNotPlain) {
    for (const std::string text :
         {"[core]\n\tworktree = /elsewhere\n", "[include]\n\tpath = x\n", "[core]\n\tbare = true\n",
          "[extensions]\n\trefStorage = reftable\n", "[core]\n\tbare = perhaps\n", "[user\n",
          "[core]\n\trepositoryformatversion = 2\n", "[safe]\n\tbareRepository = explicit\n",
          "[core]\n\tnewest = 1\n", "[user]\n\tname\n"}) {
        ASSERT_TRUE(is_found());
        std::filesystem::copy(repository_ / ".git/config", dir_ / "config",
                              std::filesystem::copy_options::overwrite_existing);
        configure(text);
        EXPECT_FALSE(is_found()) << text;
        std::filesystem::copy(dir_ / "config", repository_ / ".git/config",
                              std::filesystem::copy_options::overwrite_existing);
    }
    std::ofstream(repository_ / ".git/info/grafts") << "";
    EXPECT_FALSE(is_found());
    std::filesystem::remove(repository_ / ".git/info/grafts");
    std::filesystem::remove(repository_ / ".git/HEAD");
    EXPECT_FALSE(is_found());
}

TEST_F(Discover, LeavesToGitWhatTheEnvironmentChanges) {
    ASSERT_TRUE(is_found());
    for (const char* const name :
         {"GIT_CEILING_DIRECTORIES", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_TRACE",
          "GIT_TEST_ASSUME_DIFFERENT_OWNER", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"}) {
        const ScopedVariable variable(name, "1");
        EXPECT_FALSE(is_found()) << name;
    }
    for (const char* const name : {"PATH", "GIT_CONFIG_GLOBAL"}) {
        const ScopedVariable variable(name, "nowhere");
        EXPECT_FALSE(is_found()) << name;
    }
    for (const char* const name : {"GIT_DIR", "GIT_EDITOR", "GIT_COMMIT"}) {
        const ScopedVariable variable(name, "/nowhere");
        expect_same(repository_.path());
    }
    dir_.write("global", "[safe]\n\tdirectory = *\n");
    const ScopedVariable global("GIT_CONFIG_GLOBAL", dir_ / "global");
    EXPECT_FALSE(is_found());
}

TEST_F(Discover, LeavesToGitWhatIsNone) {
    EXPECT_FALSE(discover(dir_.path().string()));
    EXPECT_FALSE(discover(dir_ / "none"));
    EXPECT_FALSE(discover(repository_ / ".git"));
    EXPECT_FALSE(discover(repository_ / ".git/refs"));
    EXPECT_FALSE(discover("/"));
    dir_.write("tree/.git", "gitdir: " + repository_.path() + "/none\n");
    EXPECT_FALSE(discover(dir_ / "tree"));
    dir_.write("bare/HEAD", "ref: refs/heads/main\n");
    EXPECT_FALSE(discover(dir_ / "bare"));
}

}  // namespace
}  // namespace lockstep::git
