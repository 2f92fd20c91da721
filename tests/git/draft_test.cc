#include "git/draft.h"

#include <gtest/gtest.h>

#include "draft_fixture.h"
#include "git/repository.h"
#include "support/git_http_server.h"
#include "support/scoped_variable.h"

namespace lockstep::git {
namespace {

using testing::Git;
using testing::GitRepo;
using testing::ScopedVariable;

class Drafting : public DraftTest {};

std::string failure(const auto& result) {
    if (result) return "fine";
    return std::string(to_string(result.error().kind)) + ": " + result.error().message;
}

TEST_F(Drafting, ListsWhatTheRemoteHas) {
    Draft draft = this->draft();
    const RemoteRefs all = draft.list().value();
    EXPECT_EQ(all.head, "refs/heads/main");
    EXPECT_EQ(all.refs.size(), 3u);
    EXPECT_EQ(all.refs.at("refs/heads/main"), id(second_));
    EXPECT_EQ(all.refs.at("refs/tags/v1.0.0").hex(), user_.run({"rev-parse", "v1.0.0"}));
    EXPECT_EQ(all.peeled, (Refs{{"refs/tags/v1.0.0", id(first_)}}));
    const RemoteRefs one = draft.list(std::vector<std::string>{"refs/tags/v1.0.0"}).value();
    EXPECT_EQ(one.refs.size(), 1u);
    EXPECT_EQ(one.peeled.size(), 1u);
    EXPECT_EQ(one.head, "refs/heads/main");
    const RemoteRefs tags = draft.list(std::vector<std::string>{"refs/tags/*"}).value();
    EXPECT_EQ(tags.refs.size(), 2u);
    EXPECT_TRUE(draft.list(std::vector<std::string>{"tags/v1.0.0"}).value().refs.empty());
}

TEST_F(Drafting, MakesTheSameTreeOfFilesAtTheTopInEitherWay) {
    Draft draft = this->draft();
    const std::vector<TreeChange> both = {{"release.json", "{}\n"}, {"a", "a\n"}};
    const ObjectId one = draft.write_tree(ObjectId(), std::vector<TreeChange>{both[0]}).value();
    EXPECT_EQ(draft.write_tree(ObjectId(), both).value(),
              draft.write_tree(one, std::vector<TreeChange>{both[1]}).value());
    EXPECT_FALSE(draft.write_tree(ObjectId(), std::vector<TreeChange>{{".git", ""}}));
    EXPECT_FALSE(draft.write_tree(ObjectId(), std::vector<TreeChange>{{"a", ""}, {"a", ""}}));
}

TEST_F(Drafting, FetchesUnderTheSameNames) {
    Draft draft = this->draft();
    EXPECT_EQ(draft.find("refs/heads/main").value(), std::nullopt);
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/heads/main", "refs/tags/*"}));
    EXPECT_EQ(draft.find("refs/heads/main").value(), id(second_));
    EXPECT_EQ(draft.find("refs/tags/v0.9.0").value(), id(first_));
    EXPECT_EQ(draft.find("refs/tags/v0.9.0^{tree}").value(), std::nullopt);
    EXPECT_EQ(failure(draft.fetch(std::vector<std::string>{"refs/heads/none"})),
              "not found: fetching from `" + remote_path() +
                  "`: couldn't find remote ref refs/heads/none");
    EXPECT_EQ(Repository::open(draft.directory()).value().tags().value().size(), 2u);
}

TEST_F(Drafting, WhatItFetchesMayBeNewToTheUser) {
    GitRepo other;
    other.run({"pull", "--quiet", remote_path(), "main"});
    other.write("new", "new\n");
    const std::string third = other.commit("third");
    other.run({"push", "--quiet", remote_path(), "HEAD:refs/heads/main"});
    Draft draft = this->draft();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/heads/main"}));
    EXPECT_EQ(draft.changed_paths(id(second_), id(third)).value(),
              (std::vector<std::string>{"new"}));
    EXPECT_NE(user_.git().try_run({"cat-file", "-e", third}).exit.code, 0);
}

TEST_F(Drafting, ReadsHistory) {
    Draft draft = this->draft();
    const auto log = draft.log({}, id(second_), 10).value();
    ASSERT_EQ(log.size(), 2u);
    EXPECT_EQ(log[0].id, id(second_));
    EXPECT_EQ(log[0].parents, (std::vector{id(first_)}));
    EXPECT_EQ(log[0].message, "second\n\nwith a body\n");
    EXPECT_EQ(log[1].parents.size(), 0u);
    EXPECT_EQ(draft.log({}, id(second_), 1).value().size(), 1u);
    EXPECT_EQ(draft.log(id(first_), id(second_), 10).value().size(), 1u);
    EXPECT_EQ(draft.log(id(second_), id(first_), 10).value().size(), 0u);
    EXPECT_TRUE(draft.is_ancestor(id(first_), id(second_)).value());
    EXPECT_TRUE(draft.is_ancestor(id(first_), id(first_)).value());
    EXPECT_FALSE(draft.is_ancestor(id(second_), id(first_)).value());
    EXPECT_EQ(draft.changed_paths(id(first_), id(second_)).value(),
              (std::vector<std::string>{"README"}));
}

TEST_F(Drafting, WritesTreesAndKeepsModes) {
    Draft draft = this->draft();
    const ObjectId base = id(user_.run({"rev-parse", "HEAD^{tree}"}));
    const std::vector<TreeChange> changes = {{"run.sh", "#!/bin/sh\nexit 1\n"},
                                             {"deploy/new/file", std::string("a\0b\r\n", 5)},
                                             {"README", std::nullopt}};
    const ObjectId made = draft.write_tree(base, changes).value();
    EXPECT_EQ(
        Git(draft.directory()).run({"ls-tree", "-r", "--format=%(objectmode) %(path)", made.hex()}),
        "100644 deploy/app.yaml\n100644 deploy/new/file\n120000 link\n100755 run.sh");
    EXPECT_EQ(Git(draft.directory()).run({"cat-file", "-s", made.hex() + ":deploy/new/file"}), "5");
    EXPECT_EQ(draft.write_tree(base, changes).value(), made);
    EXPECT_EQ(draft.write_tree(base, {}).value(), base);
}

TEST_F(Drafting, WritesNoTreeThatSurprises) {
    user_.run({"update-index", "--add", "--cacheinfo", "160000," + first_ + ",module"});
    user_.run({"commit", "--quiet", "-m", "module"});
    Draft draft = this->draft();
    const ObjectId base = id(user_.run({"rev-parse", "HEAD^{tree}"}));
    const auto kind = [&](std::vector<TreeChange> changes) {
        const auto made = draft.write_tree(base, changes);
        return made ? "fine" : to_string(made.error().kind);
    };
    for (const char* const path : {"../x", "/x", ".git/config", "a//b", "a/./b", "a/", "", "link",
                                   "module", "deploy", "README/below", "link/below", "module/x"})
        EXPECT_STREQ(kind({{path, "x"}}), "invalid") << path;
    EXPECT_STREQ(kind({{"a", "x"}, {"a", "y"}}), "invalid");
    EXPECT_STREQ(kind({{"a", "x"}, {"a!", "z"}, {"a/b", "y"}}), "invalid");
    EXPECT_STREQ(kind({{"link", std::nullopt}}), "invalid");
    EXPECT_STREQ(kind({{"none", std::nullopt}}), "not found");
    EXPECT_STREQ(kind({{"a*", "x"}, {"ab", "y"}, {"\"q\"\n\t", "z"}}), "fine");
}

TEST_F(Drafting, CommitsAndTagsAreTheSameEachTime) {
    Draft draft = this->draft();
    Draft other = this->draft();
    const ScopedVariable zone("TZ", "America/New_York");
    const ScopedVariable name("GIT_AUTHOR_NAME", "Somebody Else");
    const ObjectId made = draft.write_commit(commit_on(second_)).value();
    user_.run({"config", "i18n.commitEncoding", "ISO-8859-1"});
    EXPECT_EQ(other.write_commit(commit_on(second_)).value(), made);
    EXPECT_EQ(this->draft().write_commit(commit_on(second_, "release")).value(), made);
    const Git git(draft.directory());
    EXPECT_EQ(git.run({"cat-file", "commit", made.hex()}),
              "tree " + user_.run({"rev-parse", "HEAD^{tree}"}) + "\nparent " + second_ +
                  "\nauthor R Eleaser <r@example.com> 1700000000 +0000\ncommitter R Eleaser "
                  "<r@example.com> 1700000000 +0000\n\nrelease");
    const NewTag tag{.name = "v1.1.0", .target = made, .message = "v1.1.0", .tagger = person()};
    const ObjectId tagged = draft.write_tag(tag).value();
    EXPECT_EQ(git.run({"cat-file", "tag", tagged.hex()}),
              "object " + made.hex() +
                  "\ntype commit\ntag v1.1.0\ntagger R Eleaser <r@example.com> 1700000000 "
                  "+0000\n\nv1.1.0");
    EXPECT_EQ(draft.find("refs/tags/v1.1.0").value(), std::nullopt);
}

TEST_F(Drafting, TakesNoIdentityThatGitWouldChange) {
    Draft draft = this->draft();
    for (const char* const name : {"", "a<b", "a\nparent x", "a>b"}) {
        NewCommit commit = commit_on(second_);
        commit.author.name = name;
        EXPECT_EQ(draft.write_commit(commit).error().kind, Error::Kind::invalid) << name;
        NewTag tag{.name = "v2", .target = id(second_), .message = "m", .tagger = commit.author};
        EXPECT_EQ(draft.write_tag(tag).error().kind, Error::Kind::invalid) << name;
    }
    for (const char* const name : {"a b", "-v", "a..b", "a\nb", "", "a.lock", "/a", "a^"}) {
        for (const Sign sign : {Sign::never, Sign::always}) {
            NewTag tag{.name = name, .target = id(second_), .message = "m", .tagger = person()};
            tag.sign = sign;
            EXPECT_EQ(draft.write_tag(tag).error().kind, Error::Kind::invalid) << name;
        }
    }
}

TEST_F(Drafting, MergesOrSaysThatItCannot) {
    user_.run({"checkout", "--quiet", "-b", "side", first_});
    user_.write("other", "o\n");
    const ObjectId side = id(user_.commit("side"));
    user_.write("README", "mine\n");
    const ObjectId against = id(user_.commit("against"));
    Draft draft = this->draft();
    const auto merged = draft.merge(id(second_), side).value();
    ASSERT_TRUE(merged);
    EXPECT_EQ(Git(draft.directory()).run({"ls-tree", "--name-only", merged->hex()}),
              "README\ndeploy\nlink\nother\nrun.sh");
    EXPECT_EQ(draft.merge(id(second_), against).value(), std::nullopt);
    EXPECT_FALSE(draft.merge(id(second_), id(std::string(40, '1'))));
}

TEST_F(Drafting, ChecksOutAWorkTreeThatGitKnows) {
    Draft draft = this->draft();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/tags/*"}));
    const ObjectId made = draft.write_commit(commit_on(second_)).value();
    const std::string folder = dir_ / "build/tree";
    ASSERT_TRUE(draft.check_out(made, folder));
    const Git git(folder);
    EXPECT_EQ(git.run({"rev-parse", "HEAD"}), made.hex());
    EXPECT_EQ(git.run({"describe", "--tags"}), "v1.0.0-2-g" + made.hex().substr(0, 7));
    EXPECT_EQ(git.run({"status", "--porcelain"}), "");
    EXPECT_EQ(std::filesystem::read_symlink(folder + "/link"), "run.sh");
    EXPECT_EQ(git.run({"remote", "get-url", "origin"}), remote_path());
}

TEST_F(Drafting, LeavesTheUsersRepositoryAlone) {
    const auto before = bytes_below(user_.path());
    {
        Draft draft = this->draft();
        ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/*"}));
        const ObjectId tree = draft
                                  .write_tree(id(user_.run({"rev-parse", "HEAD^{tree}"})),
                                              std::vector<TreeChange>{{"new", "new\n"}})
                                  .value();
        NewCommit commit = commit_on(second_);
        commit.tree = tree;
        const ObjectId made = draft.write_commit(commit).value();
        ASSERT_TRUE(draft.merge(made, id(second_)).value());
        ASSERT_TRUE(draft.check_out(made, dir_ / "tree"));
        EXPECT_EQ(draft
                      .push(std::vector<RefUpdate>{
                          {.ref = "refs/heads/main", .expected = id(second_), .value = made}})
                      .value()
                      .outcome,
                  Pushed::Outcome::accepted);
        EXPECT_EQ(remote().run({"rev-parse", "main"}), made.hex());
    }
    EXPECT_TRUE(bytes_below(user_.path()) == before);
}

TEST_F(Drafting, OfAShallowCloneEverythingIsFetched) {
    GitRepo shallow;
    shallow.run({"fetch", "--quiet", "--depth=1", "file://" + remote_path(), "main"});
    shallow.run({"reset", "--quiet", "--hard", "FETCH_HEAD"});
    shallow.run({"remote", "add", "origin", remote_path()});
    Draft draft = Draft::open({.directory = shallow.path()}).value();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/heads/main"}));
    EXPECT_EQ(draft.log({}, id(second_), 10).value().size(), 2u);
}

TEST_F(Drafting, OfAPartialCloneEverythingIsFetched) {
    remote().run({"config", "uploadpack.allowFilter", "true"});
    const std::string partial = dir_ / "partial";
    user_.run({"clone", "--quiet", "--filter=blob:none", "--no-checkout", "file://" + remote_path(),
               partial});
    Draft draft = Draft::open({.directory = partial}).value();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/heads/main"}));
    ASSERT_TRUE(draft.check_out(id(second_), dir_ / "tree"));
    EXPECT_EQ(Git(dir_ / "tree").run({"status", "--porcelain"}), "");
}

TEST_F(Drafting, RemotesAreNamedOrFoundOrNot) {
    std::filesystem::create_directories(user_ / "sub");
    const std::string relative = std::filesystem::relative(remote_path(), user_.path()).string();
    user_.run({"remote", "add", "near", relative});
    EXPECT_EQ(draft("near").list().value().refs.size(), 3u);
    EXPECT_EQ(draft(relative).list().value().refs.size(), 3u);
    EXPECT_EQ(draft("file://" + remote_path()).list().value().refs.size(), 3u);
    EXPECT_EQ(failure(open("none")), "not found: the repository has no remote `none`");
    user_.run({"config", "url." + dir_.path().string() + "/.insteadOf", "hub:"});
    EXPECT_EQ(draft("hub:remote").list().value().refs.size(), 3u);
    EXPECT_EQ(draft("hub:remote").remote_title(), remote_path());
    user_.run({"remote", "set-url", "--push", "near", dir_ / "remote"});
    EXPECT_EQ(draft("near").remote_title(), remote_path());
    user_.run({"remote", "set-url", "--push", "--add", "near", dir_ / "other"});
    EXPECT_EQ(failure(open("near")), "unsupported: the remote has several URLs to push to");
    EXPECT_EQ(Draft::open({.directory = dir_.path().string()}).error().kind,
              Error::Kind::not_found);
    EXPECT_EQ(failure(draft("ext::touch " + (dir_ / "ran")).list()).substr(0, 6), "denied");
    EXPECT_FALSE(std::filesystem::exists(dir_ / "ran"));
}

TEST_F(Drafting, TheOnlyRemoteIsTaken) {
    user_.run({"remote", "rename", "origin", "hub"});
    EXPECT_EQ(draft().list().value().refs.size(), 3u);
    user_.run({"remote", "add", "second", "/nowhere"});
    EXPECT_EQ(failure(open()), "not found: the repository has no remote `origin`");
    EXPECT_EQ(open().error().hint, "its remotes are: hub, second");
}

TEST_F(Drafting, KnowsWhoTheUserIs) {
    const ScopedVariable name("GIT_COMMITTER_NAME", std::nullopt);
    const ScopedVariable email("GIT_COMMITTER_EMAIL", std::nullopt);
    EXPECT_EQ(draft().identity().error().kind, Error::Kind::usage);
    user_.run({"config", "user.name", "Wörd \"q\" \\ #; x"});
    user_.run({"config", "user.email", "me@example.com"});
    const Person person = draft().identity().value();
    EXPECT_EQ(person.name, "Wörd \"q\" \\ #; x");
    EXPECT_EQ(person.email, "me@example.com");
    EXPECT_GT(person.time, 1'700'000'000);
}

TEST_F(Drafting, SeesWhatIsIncludedForThisRepositoryOnly) {
    dir_.write("work", "[user]\nname = Work\nemail = work@example.com\n");
    dir_.write("global",
               "[user]\nname = Home\n[includeIf \"gitdir:" + user_.path() + "/\"]\npath = work\n");
    const ScopedVariable global("GIT_CONFIG_GLOBAL", dir_ / "global");
    EXPECT_EQ(draft().identity().value().name, "Work");
}

class Signing : public DraftTest {
  protected:
    Signing() {
        os::Captured made = os::run({.argv = {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C",
                                              "r@example.com", "-f", dir_ / "key"}})
                                .value();
        if (!made.exit.ok()) throw std::runtime_error(made.err);
        const auto lines = bytes_below(dir_.path().string());
        dir_.write("signers", "r@example.com " + lines.at(dir_ / "key.pub"));
        user_.run({"config", "gpg.format", "ssh"});
        user_.run({"config", "user.signingKey", dir_ / "key.pub"});
    }
    bool verifies(const Draft& draft, const std::string& command, const ObjectId& object) const {
        return Git(draft.directory())
            .try_run(
                {"-c", "gpg.ssh.allowedSignersFile=" + (dir_ / "signers"), command, object.hex()})
            .exit.ok();
    }
};

TEST_F(Signing, IsDoneWithTheUsersKey) {
    Draft draft = this->draft();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/tags/*"}));
    NewCommit commit = commit_on(second_);
    EXPECT_FALSE(verifies(draft, "verify-commit", draft.write_commit(commit).value()));
    commit.sign = Sign::always;
    const ObjectId made = draft.write_commit(commit).value();
    EXPECT_TRUE(verifies(draft, "verify-commit", made));
    NewTag tag{.name = "v1.1.0", .target = made, .message = "# v1.1.0\n\n\n", .tagger = person()};
    EXPECT_FALSE(verifies(draft, "verify-tag", draft.write_tag(tag).value()));
    tag.sign = Sign::always;
    const ObjectId tagged = draft.write_tag(tag).value();
    EXPECT_TRUE(verifies(draft, "verify-tag", tagged));
    EXPECT_EQ(draft.find("refs/tags/v1.1.0").value(), std::nullopt);
    const std::string text = Git(draft.directory()).run({"cat-file", "tag", tagged.hex()});
    EXPECT_TRUE(text.contains("1700000000 +0000\n\n# v1.1.0\n\n\n-----BEGIN")) << text;
    // One that is there already stays what it was.
    tag.name = "v0.9.0";
    EXPECT_TRUE(verifies(draft, "verify-tag", draft.write_tag(tag).value()));
    EXPECT_EQ(draft.find("refs/tags/v0.9.0").value(), id(first_));
}

TEST_F(Signing, IsDoneWhereTheUserHasItSo) {
    NewCommit commit = commit_on(second_);
    commit.sign = Sign::configured;
    NewTag tag{.name = "v1.1.0",
               .target = id(second_),
               .message = "v1.1.0\n",
               .tagger = person(),
               .sign = Sign::configured};
    Draft before = this->draft();
    EXPECT_FALSE(verifies(before, "verify-commit", before.write_commit(commit).value()));
    EXPECT_FALSE(verifies(before, "verify-tag", before.write_tag(tag).value()));
    user_.run({"config", "commit.gpgSign", "yes"});
    user_.run({"config", "tag.gpgSign", "true"});
    Draft draft = this->draft();
    EXPECT_TRUE(verifies(draft, "verify-commit", draft.write_commit(commit).value()));
    EXPECT_TRUE(verifies(draft, "verify-tag", draft.write_tag(tag).value()));
    commit.sign = Sign::never;
    EXPECT_FALSE(verifies(draft, "verify-commit", draft.write_commit(commit).value()));
}

TEST_F(Signing, TellsThatItCannot) {
    user_.run({"config", "user.signingKey", dir_ / "none.pub"});
    Draft draft = this->draft();
    NewCommit commit = commit_on(second_);
    commit.sign = Sign::always;
    EXPECT_EQ(failure(draft.write_commit(commit)).substr(0, 27), "usage: signing the commit: ");
    NewTag tag{.name = "v1.1.0", .target = id(second_), .message = "m", .tagger = person()};
    tag.sign = Sign::always;
    EXPECT_EQ(failure(draft.write_tag(tag)).substr(0, 24), "usage: signing the tag: ");
}

TEST_F(Drafting, SignsWithGpg) {
    if (!os::run({.argv = {"gpg", "--version"}})) GTEST_SKIP() << "no gpg";
    // Its sockets need a short path.
    const testing::TempDir home;
    const ScopedVariable gnupg("GNUPGHOME", home.path().string());
    std::filesystem::permissions(home.path(), std::filesystem::perms::owner_all);
    const auto made =
        os::run({.argv = {"gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key",
                          "R <r@example.com>", "ed25519", "sign"}});
    ASSERT_TRUE(made && made->exit.ok()) << made->err;
    user_.run({"config", "user.signingKey", "r@example.com"});
    Draft draft = this->draft();
    NewCommit commit = commit_on(second_);
    commit.sign = Sign::always;
    const Git git(draft.directory());
    const ObjectId signed_one = draft.write_commit(commit).value();
    EXPECT_TRUE(git.try_run({"verify-commit", signed_one.hex()}).exit.ok());
    NewTag tag{.name = "v1.1.0", .target = signed_one, .message = "m", .tagger = person()};
    tag.sign = Sign::always;
    EXPECT_TRUE(git.try_run({"verify-tag", draft.write_tag(tag).value().hex()}).exit.ok());
    static_cast<void>(os::run({.argv = {"gpgconf", "--kill", "gpg-agent"}}));
}

/// What is written without git has the name that git gives it, and is sound by git's own checks.
void expect_objects_as_git_makes_them(Draft& draft) {
    const testing::Git git(draft.directory());
    const std::string bytes = std::string("a\0b\r\n\xff", 6) + std::string(100'000, 'x');
    const std::vector<TreeChange> files = {{"b.json", bytes}, {"b", ""}, {"b-a", "text\n"}};
    const std::string tree = draft.write_tree(ObjectId(), files).value().hex();
    EXPECT_EQ(git.run({"fsck", "--strict", "--no-dangling", tree}), "");
    const std::string listed = git.run({"ls-tree", tree});
    EXPECT_EQ(git.run({"mktree"}, listed + '\n'), tree);
    for (const TreeChange& file : files)
        EXPECT_EQ(git.run({"rev-parse", tree + ':' + file.path}),
                  git.run({"hash-object", "--stdin"}, *file.bytes));
    const Person author = {.name = "Ö. de l'Été, 3rd", .email = "o@example.com", .time = 1};
    const std::string commit = draft
                                   .write_commit({.tree = ObjectId::parse(tree).value(),
                                                  .message = "first\n\n  ünder it",
                                                  .author = author,
                                                  .committer = author})
                                   .value()
                                   .hex();
    EXPECT_EQ(git.run({"fsck", "--strict", "--no-dangling", commit}), "");
    const os::Captured made =
        os::run({.argv = {"git", "-C", draft.directory(), "commit-tree", "--no-gpg-sign", tree},
                 .set = {{"GIT_AUTHOR_NAME", author.name},
                         {"GIT_AUTHOR_EMAIL", author.email},
                         {"GIT_AUTHOR_DATE", "@1 +0000"},
                         {"GIT_COMMITTER_NAME", author.name},
                         {"GIT_COMMITTER_EMAIL", author.email},
                         {"GIT_COMMITTER_DATE", "@1 +0000"}}},
                {.input = "first\n\n  ünder it\n"})
            .value();
    EXPECT_EQ(made.out, commit + '\n') << made.err;
}

TEST_F(DraftTest, RefusesWhatGitWouldWriteOtherwise) {
    Draft draft = this->draft();
    for (const char* const name : {"", " R", "R,", "'R'", "R <r", "R\nparent"}) {
        NewCommit commit = commit_on(second_);
        commit.author.name = name;
        const auto made = draft.write_commit(commit);
        ASSERT_FALSE(made.has_value()) << name;
        EXPECT_EQ(made.error().kind, Error::Kind::invalid) << name;
    }
    EXPECT_FALSE(draft.write_commit(commit_on(second_, std::string("a\0b", 3))));
    NewCommit junior = commit_on(second_);
    junior.author.name = "R Eleaser Jr.";
    EXPECT_TRUE(draft.write_commit(junior));
}

TEST_F(DraftTest, WritesObjectsAsGitMakesThem) {
    Draft draft = this->draft();
    expect_objects_as_git_makes_them(draft);
}

class WithSha256 : public DraftTest {
  protected:
    WithSha256() : DraftTest({"--object-format=sha256"}) {}
};

TEST_F(WithSha256, EverythingWorks) {
    Draft draft = this->draft();
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/tags/*"}));
    NewCommit commit = commit_on(second_);
    commit.tree =
        draft.write_tree(commit.tree, std::vector<TreeChange>{{"README", std::nullopt}}).value();
    const ObjectId made = draft.write_commit(commit).value();
    EXPECT_EQ(made.hex().size(), 64u);
    const ObjectId tag =
        draft.write_tag({.name = "v2", .target = made, .message = "m", .tagger = person()}).value();
    EXPECT_EQ(draft
                  .push(std::vector<RefUpdate>{
                      {.ref = "refs/heads/main", .expected = id(second_), .value = made},
                      {.ref = "refs/tags/v2", .expected = {}, .value = tag},
                      {.ref = "refs/tags/v0.9.0", .expected = id(first_), .value = {}}})
                  .value()
                  .outcome,
              Pushed::Outcome::accepted);
    EXPECT_EQ(draft.list().value().peeled.at("refs/tags/v2"), made);
    ASSERT_TRUE(draft.check_out(made, dir_ / "tree"));
    expect_objects_as_git_makes_them(draft);
}

}  // namespace
}  // namespace lockstep::git
