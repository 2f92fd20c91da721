#include "git/ref_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using testing::GitRepo;

std::string shown(const std::optional<std::vector<Ref>>& refs) {
    if (!refs) return "git is asked";
    std::string text;
    for (const Ref& ref : *refs) text += ref.object.hex() + ' ' + ref.name + '\n';
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

std::string in_files(const GitRepo& repository, std::string_view prefix = "refs/tags/",
                     std::size_t id_bytes = 20) {
    return shown(read_refs(repository / ".git", prefix, id_bytes));
}

std::string by_git(const GitRepo& repository, const std::string& prefix = "refs/tags/") {
    return repository.run({"for-each-ref", "--format=%(objectname) %(refname)", prefix});
}

TEST(RefFiles, SayWhatGitSays) {
    for (const bool is_sha256 : {false, true}) {
        GitRepo repository(is_sha256 ? std::vector<std::string>{"--object-format=sha256"}
                                     : std::vector<std::string>{});
        const std::size_t id_bytes = is_sha256 ? 32 : 20;
        EXPECT_EQ(in_files(repository, "refs/tags/", id_bytes), "");
        repository.write("a", "1");
        repository.commit();
        repository.tag("v1.0.0");
        repository.annotate("group/v1.1.0");
        repository.annotate("nested", "of a tag", "group/v1.1.0");
        repository.run({"pack-refs", "--all"});
        EXPECT_EQ(in_files(repository, "refs/tags/", id_bytes), by_git(repository));
        repository.write("a", "2");
        repository.commit();
        repository.run({"tag", "--force", "v1.0.0"});
        repository.tag("group-v1");
        repository.tag("v2.0.0");
        repository.run({"tag", "--delete", "nested"});
        repository.run({"update-ref", "refs/lockstep/releases/v1.0.0", "HEAD"});
        for (const char* const prefix : {"refs/tags/", "refs/lockstep/releases/", "refs/heads/",
                                         "refs/none/", "refs/tags/group/"})
            EXPECT_EQ(in_files(repository, prefix, id_bytes), by_git(repository, prefix)) << prefix;
    }
}

TEST(RefFiles, PassOverWhatGitPassesOver) {
    GitRepo repository;
    repository.write("a", "1");
    repository.commit();
    repository.tag("v1.0.0");
    for (const char* const name : {"v2.0.0.lock", ".hidden"})
        std::ofstream(repository / ".git/refs/tags/" + name) << "nothing\n";
    std::filesystem::create_directories(repository / ".git/refs/tags/empty/below");
    EXPECT_EQ(in_files(repository), by_git(repository));
}

TEST(RefFiles, ThatAreOddAreLeftToGit) {
    GitRepo repository;
    repository.write("a", "1");
    const std::string id = repository.commit();
    repository.tag("v1.0.0");
    const std::string odd = repository / ".git/refs/tags/v2.0.0";
    for (const std::string& text :
         {std::string("ref: refs/tags/v1.0.0\n"), std::string(), std::string("no id\n"), id + " \n",
          id.substr(1) + '\n', std::string(40, '0') + '\n', std::string(2000, 'a')}) {
        std::ofstream(odd) << text;
        EXPECT_EQ(in_files(repository), "git is asked") << text;
    }
    std::filesystem::remove(odd);
    std::filesystem::create_symlink("v1.0.0", odd);
    EXPECT_EQ(in_files(repository), "git is asked");
    std::filesystem::remove(odd);
    std::ofstream(repository / ".git/refs/tags/a name") << id << '\n';
    EXPECT_EQ(in_files(repository), "git is asked");
}

TEST(RefFiles, PackedOnesAreInTheFormThatGitWrites) {
    const std::string id(40, '1');
    const auto parsed = [](const std::string& text) {
        return shown(parse_packed_refs(text, "refs/tags/", 20));
    };
    EXPECT_EQ(parsed("# pack-refs with: peeled fully-peeled sorted \n" + id + " refs/heads/main\n" +
                     id + " refs/tags/v1\n^" + id + '\n'),
              id + " refs/tags/v1");
    EXPECT_EQ(parsed(id + " refs/tags/v1\n"), id + " refs/tags/v1")
        << "an old git writes no header";
    EXPECT_EQ(parsed(""), "");
    for (const std::string& text :
         {id + " refs/tags/v1", id + "  refs/tags/v1\n", id + " refs/tags/v 1\n", '^' + id + '\n',
          id + " refs/tags/v1\n^" + id + "\n^" + id + '\n', id + '\n', std::string("\n"),
          id.substr(1) + " refs/tags/v1\n", id + " refs/tags/v1\n^x\n",
          std::string(40, '0') + " refs/tags/v1\n", std::string("# another\n")})
        EXPECT_EQ(parsed(text), "git is asked") << text;
}

TEST(RefFiles, SayWhereHeadIs) {
    GitRepo repository;
    const auto head = [&repository](const std::string& of = ".git") -> std::string {
        const auto id = read_head(repository / of, repository / ".git", 20);
        return !id ? "git is asked" : id->is_null() ? "none" : id->hex();
    };
    EXPECT_EQ(head(), "none");
    repository.write("a", "1");
    const std::string first = repository.commit();
    EXPECT_EQ(head(), first);
    repository.run({"pack-refs", "--all"});
    EXPECT_EQ(head(), first);
    repository.run({"worktree", "add", "-q", "-b", "other", repository / "linked"});
    repository.write("a", "2");
    const std::string second = repository.commit();
    EXPECT_EQ(head(), second);
    EXPECT_EQ(head(".git/worktrees/linked"), first);
    repository.run({"checkout", "-q", "--detach", first});
    EXPECT_EQ(head(), first);
    repository.run({"symbolic-ref", "HEAD", "refs/heads/unborn"});
    EXPECT_EQ(head(), "none");
    repository.run({"update-ref", "refs/tags/HEAD", second});
    EXPECT_EQ(head(), "git is asked") << "git finds the tag";
    repository.run({"symbolic-ref", "HEAD", "refs/tags/HEAD"});
    EXPECT_EQ(head(), "git is asked") << "this is no branch";
}

TEST(RefFiles, SayWhatATagNames) {
    GitRepo repository;
    const auto tag = [&repository](const std::string& name) -> std::string {
        const auto id = read_tag(name, repository / ".git", repository / ".git", 20);
        return id ? id->hex() : "git is asked";
    };
    repository.write("a", "1");
    const std::string first = repository.commit();
    repository.tag("v1.0.0");
    repository.tag("group/v1");
    repository.write("a", "2");
    repository.commit();
    repository.run({"branch", "v1.0.0"});
    EXPECT_EQ(tag("v1.0.0"), first) << "tags come before branches";
    EXPECT_EQ(repository.run({"rev-parse", "v1.0.0"}), first);
    repository.run({"pack-refs", "--all"});
    EXPECT_EQ(tag("v1.0.0"), first);
    EXPECT_EQ(tag("group/v1"), first);
    for (const char* const name : {"v2.0.0", "v1.0.0^{}", "HEAD~1", "main", "config", "", "../x",
                                   "1111111111111111111111111111111111111111", "group"})
        EXPECT_EQ(tag(name), "git is asked") << name;
    repository.run({"update-ref", "refs/v1.0.0", "HEAD"});
    EXPECT_EQ(tag("v1.0.0"), "git is asked") << "git finds refs/v1.0.0";
}

TEST(RefFiles, KnowNames) {
    for (const char* const name : {"refs/tags/v1.0.0", "refs/tags/a/b-c_d", "refs/tags/\xc3\xa4",
                                   "refs/tags/x@y", "refs/tags/{"})
        EXPECT_TRUE(is_ref_name(name)) << name;
    for (const char* const name :
         {"refs/tags/", "refs//a", "refs/tags/.a", "refs/tags/a.", "refs/tags/a..b",
          "refs/tags/a.lock", "refs/tags/a.lock/b", "refs/tags/a b", "refs/tags/a~", "refs/tags/a^",
          "refs/tags/a:", "refs/tags/a?", "refs/tags/a*", "refs/tags/a[", "refs/tags/a\\",
          "refs/tags/a@{b", "refs/tags/a\x7f", "refs/tags/a\tb", "refs/@/a"})
        EXPECT_FALSE(is_ref_name(name)) << name;
}

}  // namespace
}  // namespace lockstep::git
