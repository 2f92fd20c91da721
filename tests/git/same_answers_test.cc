// A repository's own files and git give the same answers, also about what is damaged.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "git/discovery.h"
#include "git/repository.h"
#include "support/git_repo.h"
#include "support/scoped_variable.h"

namespace lockstep::git {
namespace {

using testing::Git;
using testing::GitRepo;
using testing::ScopedVariable;
using testing::TempDir;

void show_tree(const FileTree& tree, const std::string& folder, std::string& text) {
    const auto entries = tree.list(folder);
    if (!entries) {
        text += to_string(entries.error()) + '\n';
        return;
    }
    for (const FileTree::Entry& entry : *entries) {
        const std::string path = folder.empty() ? entry.name : folder + '/' + entry.name;
        text += path + ' ';
        if (entry.kind == FileTree::Kind::directory) {
            text += '\n';
            show_tree(tree, path, text);
            continue;
        }
        const auto bytes = tree.read(path);
        text += (bytes ? **bytes : to_string(bytes.error())) + '\n';
    }
}

std::string shown(const Tag& tag) {
    return tag.name + ' ' + tag.object.hex() + ' ' + tag.commit.hex() + ' ' + tag.tree.hex() + ' ' +
           std::to_string(tag.time) + ' ' + std::to_string(static_cast<int>(tag.kind)) + '\n';
}

/// Everything that a reader asks of a repository, as text.
std::string all_of(const std::string& directory) {
    auto opened = Repository::open(directory, {.offline = true, .whole_history = true});
    if (!opened) return to_string(opened.error());
    Repository repository = std::move(*opened);
    std::string text = repository.git_directory() + '\n' + repository.work_tree().value_or("") +
                       '\n' + repository.prefix() + '\n' +
                       repository.remote_url().value_or("none") + '\n';
    for (const char* const name : {"HEAD", "v1.0", "v1.2", "v1.2^{}", "main", "none"}) {
        const auto commit = repository.resolve(name);
        text += (commit ? commit->id.hex() : to_string(commit.error())) + '\n';
    }
    const auto refs = repository.refs("refs/lockstep/releases/");
    if (!refs) text += to_string(refs.error());
    for (const auto& [name, id] : refs.value_or(decltype(refs)::value_type()))
        text += name + ' ' + id.hex() + '\n';
    const auto tags = repository.tags();
    if (!tags) return text + to_string(tags.error());
    for (const Tag& tag : *tags) {
        text += shown(tag);
        if (!tag.tree.is_null()) show_tree(*repository.tree(tag.tree), "", text);
    }
    return text;
}

std::string all_by_git(const std::string& directory) {
    // A variable that reading takes no notice of, but that nobody vouches for.
    const ScopedVariable unknown("GIT_REFLOG_ACTION", "test");
    EXPECT_FALSE(discover(directory));
    return all_of(directory);
}

/// What the processes that this one waited for have cost.
long cost_of_processes() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_minflt;
}

void expect_same(const std::string& directory) {
    EXPECT_TRUE(discover(directory)) << directory;
    EXPECT_EQ(all_of(directory), all_by_git(directory)) << directory;
}

class SameAnswers : public ::testing::Test {
  protected:
    void SetUp() override {
        for (int number = 0; number < 4; ++number) {
            std::string text;
            for (int line = 0; line < 60; ++line)
                text += "line " + std::to_string(line == number ? line + 100 : line) + '\n';
            repository_.write("folder/long.txt", text);
            repository_.write("folder/below/" + std::to_string(number), "x");
            repository_.commit();
            const std::string name = "v1." + std::to_string(number);
            if (number % 2 == 0)
                repository_.annotate(name);
            else
                repository_.tag(name);
        }
        repository_.annotate("nested", "of a tag", "v1.2");
        repository_.annotate("of-a-blob", "a blob", "HEAD:folder/long.txt");
        repository_.tag("of-a-tree", "HEAD^{tree}");
        repository_.run({"update-ref", "refs/lockstep/releases/v1.0", "v1.0"});
        repository_.run({"remote", "add", "origin", "https://user:secret@example.org/a.git"});
    }

    GitRepo repository_;
    TempDir dir_;
};

TEST_F(SameAnswers, OfRepositoriesOfAllKinds) {
    expect_same(repository_.path());
    expect_same(repository_ / "folder");
    repository_.run({"worktree", "add", "-q", "--detach", dir_ / "linked", "v1.0"});
    expect_same(dir_ / "linked");
    repository_.run({"gc", "-q"});
    expect_same(repository_.path());
    expect_same(dir_ / "linked");
    repository_.run({"multi-pack-index", "write"});
    repository_.run({"commit-graph", "write", "--reachable"});
    repository_.run({"replace", "HEAD:folder/long.txt", "v1.0:folder/long.txt"});
    expect_same(repository_.path());
    repository_.run({"clone", "-q", "--bare", "--shared", repository_.path(), dir_ / "shared"});
    expect_same(dir_ / "shared");
    repository_.run({"clone", "-q", "--depth=1", "file://" + repository_.path(), dir_ / "shallow"});
    expect_same(dir_ / "shallow");
    repository_.run({"config", "uploadpack.allowFilter", "true"});
    repository_.run({"tag", "--delete", "of-a-tree", "of-a-blob"});
    for (const std::string filter : {"blob:none", "tree:0"}) {
        const std::string clone = dir_ / ("partial-" + filter);
        repository_.run({"clone", "-q", "--no-checkout", "--filter=" + filter,
                         "file://" + repository_.path(), clone});
        expect_same(clone);
    }
}

TEST_F(SameAnswers, WithoutAProcess) {
    repository_.run({"gc", "-q"});
    repository_.annotate("v2.0");
    const long before = cost_of_processes();
    auto repository = Repository::open(repository_.path(), {.whole_history = true});
    ASSERT_TRUE(repository);
    EXPECT_TRUE(repository->resolve("HEAD"));
    EXPECT_TRUE(repository->resolve("v2.0"));
    EXPECT_EQ(repository->remote_url(), "https://example.org/a.git");
    EXPECT_EQ(repository->refs("refs/lockstep/releases/")->size(), 1u);
    const auto tags = repository->tags();
    ASSERT_TRUE(tags);
    EXPECT_EQ(tags->size(), 8u);
    for (const Tag& tag : *tags) {
        std::string text;
        if (!tag.tree.is_null()) show_tree(*repository->tree(tag.tree), "", text);
    }
    EXPECT_EQ(cost_of_processes(), before);
}

TEST_F(SameAnswers, OfAbsentAndOddThings) {
    repository_.run({"update-ref", "refs/tags/commit", "HEAD"});
    const std::string tag = repository_ / ".git/refs/tags/commit";
    for (const std::string& text :
         {std::string("1111111111111111111111111111111111111111\n"),
          std::string("ref: refs/tags/v1.0\n"), std::string("nothing\n")}) {
        std::ofstream(tag) << text;
        EXPECT_EQ(all_of(repository_.path()), all_by_git(repository_.path())) << text;
    }
    std::filesystem::remove(tag);
    // A tag that calls a blob a commit, and one of what is not there.
    const std::string blob = repository_.run({"rev-parse", "HEAD:folder/long.txt"});
    for (const std::string& target : {blob, std::string(40, '2')}) {
        const std::string made =
            repository_.run({"hash-object", "-t", "tag", "-w", "--stdin", "--literally"},
                            "object " + target + "\ntype commit\ntag odd\n\nodd\n");
        repository_.run({"update-ref", "refs/tags/odd", made});
        EXPECT_EQ(all_of(repository_.path()), all_by_git(repository_.path())) << target;
    }
}

TEST_F(SameAnswers, OfDamagedPacks) {
    repository_.run({"gc", "-q"});
    std::mt19937 random(3);
    for (const auto& entry :
         std::filesystem::directory_iterator(repository_ / ".git/objects/pack")) {
        const std::string path = entry.path().string();
        if (!path.ends_with(".pack") && !path.ends_with(".idx")) continue;
        std::ifstream file(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (int time = 0; time < 12; ++time) {
            std::string spoilt = bytes;
            const std::size_t at = random() % spoilt.size();
            spoilt[at] ^= static_cast<char>(1 + random() % 255);
            std::filesystem::remove(path);
            std::ofstream(path, std::ios::binary) << spoilt;
            EXPECT_EQ(all_of(repository_.path()), all_by_git(repository_.path()))
                << path << " at " << at;
        }
        std::filesystem::remove(path);
        std::ofstream(path, std::ios::binary) << bytes;
    }
}

TEST(SameAnswersOf, TheProjectItself) {
    const std::string root = std::filesystem::path(LOCKSTEP_TEST_DIR).parent_path().string();
    const GitRepo away;  // keeps the configuration of whoever runs the tests away
    auto repository = Repository::open(root);
    if (!repository) GTEST_SKIP() << "the sources are in no repository here";
    EXPECT_EQ(all_of(root), all_by_git(root));
    std::string in_files, by_git;
    show_tree(*repository->tree(repository->resolve("HEAD")->tree), "", in_files);
    const ScopedVariable unknown("GIT_REFLOG_ACTION", "test");
    auto same = Repository::open(root);
    show_tree(*same->tree(same->resolve("HEAD")->tree), "", by_git);
    EXPECT_TRUE(in_files == by_git);
}

}  // namespace
}  // namespace lockstep::git
