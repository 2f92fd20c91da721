#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "draft_fixture.h"
#include "git/push_command.h"
#include "support/git_http_server.h"
#include "support/raw_server.h"

namespace lockstep::git {
namespace {

using testing::Git;
using testing::GitHttpServer;
using Outcome = Pushed::Outcome;
using Updates = std::vector<RefUpdate>;

class Pushing : public DraftTest {
  protected:
    /// A program of the remote's that git calls.
    void hook(const std::string& name, const std::string& script) const {
        const std::filesystem::path file = remote_path() + "/hooks/" + name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << "#!/bin/sh\n" << script << '\n';
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }
    static Pushed push(Draft& draft, const Updates& updates) {
        auto pushed = draft.push(updates);
        if (!pushed) throw std::runtime_error(to_string(pushed.error()));
        return std::move(*pushed);
    }
    std::string remote_refs() const { return remote().run({"show-ref"}); }
};

TEST_F(Pushing, TakesAllOrNothing) {
    Draft draft = this->draft();
    const ObjectId made = draft.write_commit(commit_on(second_)).value();
    const std::string before = remote_refs();
    const RefUpdate tag{.ref = "refs/tags/v1.1.0", .expected = {}, .value = made};
    const Pushed lost =
        push(draft, {{.ref = "refs/heads/main", .expected = id(first_), .value = made}, tag});
    EXPECT_EQ(lost.outcome, Outcome::stale);
    EXPECT_EQ(lost.reason, "`refs/heads/main` is not what was expected: somebody else was there");
    EXPECT_EQ(remote_refs(), before);
    const Pushed won =
        push(draft, {{.ref = "refs/heads/main", .expected = id(second_), .value = made},
                     tag,
                     {.ref = "refs/tags/v0.9.0", .expected = id(first_), .value = {}}});
    EXPECT_EQ(won.outcome, Outcome::accepted);
    EXPECT_EQ(won.reason, "");
    EXPECT_EQ(remote().run({"rev-parse", "main", "v1.1.0"}), made.hex() + '\n' + made.hex());
    EXPECT_FALSE(remote().try_run({"rev-parse", "--verify", "v0.9.0"}).exit.ok());
}

TEST_F(Pushing, MovesARefBackWhereThatIsExpected) {
    Draft draft = this->draft();
    EXPECT_EQ(
        push(draft, {{.ref = "refs/heads/main", .expected = id(second_), .value = id(first_)}})
            .outcome,
        Outcome::accepted);
    EXPECT_EQ(remote().run({"rev-parse", "main"}), first_);
}

TEST_F(Pushing, DoesNotTakeItsOwnValueForExpected) {
    Draft draft = this->draft();
    const std::string before = remote_refs();
    const Pushed same =
        push(draft, {{.ref = "refs/heads/new", .expected = {}, .value = id(first_)},
                     {.ref = "refs/heads/main", .expected = {}, .value = id(second_)}});
    EXPECT_EQ(same.outcome, Outcome::stale);
    EXPECT_EQ(same.reason, "`refs/heads/main` is not what was expected: somebody else was there");
    EXPECT_EQ(remote_refs(), before);
    // What is only to be still so is no change.
    EXPECT_EQ(
        push(draft, {{.ref = "refs/heads/new", .expected = {}, .value = id(first_)},
                     {.ref = "refs/heads/main", .expected = id(second_), .value = id(second_)}})
            .outcome,
        Outcome::accepted);
    EXPECT_EQ(push(draft, {{.ref = "refs/heads/main", .expected = id(first_), .value = id(first_)}})
                  .outcome,
              Outcome::stale);
    EXPECT_EQ(
        push(draft, {{.ref = "refs/heads/gone", .expected = id(first_), .value = {}}}).outcome,
        Outcome::stale);
    EXPECT_EQ(push(draft, {}).outcome, Outcome::accepted);
}

TEST_F(Pushing, RehearsesWithoutAChange) {
    Draft draft = this->draft();
    const std::string before = remote_refs();
    const Updates create = {{.ref = "refs/heads/new", .expected = {}, .value = id(first_)}};
    const Updates stale = {{.ref = "refs/heads/main", .expected = {}, .value = id(first_)}};
    EXPECT_EQ(draft.push(create, Draft::Mode::rehearse).value().outcome, Outcome::accepted);
    EXPECT_EQ(draft.push(stale, Draft::Mode::rehearse).value().outcome, Outcome::stale);
    EXPECT_EQ(remote_refs(), before);
}

TEST_F(Pushing, OfManyCreatorsOneWins) {
    constexpr int creators = 8;
    constexpr int rounds = 4;
    std::vector<Draft> drafts;
    std::vector<ObjectId> commits;
    for (int i = 0; i < creators; ++i) {
        drafts.push_back(draft());
        commits.push_back(
            drafts.back().write_commit(commit_on(second_, std::to_string(i))).value());
    }
    for (int round = 0; round < rounds; ++round) {
        const std::string ref = "refs/lockstep/releases/v" + std::to_string(round);
        // In the last round all want the same, and still only one may have made it.
        const bool is_same = round == rounds - 1;
        std::atomic<int> accepted = 0;
        std::atomic<int> stale = 0;
        std::barrier start(creators);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < creators; ++i)
                threads.emplace_back([&, i] {
                    start.arrive_and_wait();
                    const auto pushed = drafts[i].push(Updates{
                        {.ref = ref, .expected = {}, .value = is_same ? id(second_) : commits[i]}});
                    if (!pushed) return;
                    accepted += pushed->outcome == Outcome::accepted;
                    stale += pushed->outcome == Outcome::stale;
                    if (pushed->outcome == Outcome::refused) ADD_FAILURE() << pushed->reason;
                    if (is_same || pushed->outcome != Outcome::accepted) return;
                    EXPECT_EQ(remote().run({"rev-parse", ref}), commits[i].hex());
                });
        }
        EXPECT_EQ(accepted, 1);
        EXPECT_EQ(stale, creators - 1);
    }
}

TEST_F(Pushing, TellsWhatTheRemoteDoesNotWant) {
    Draft draft = this->draft();
    const ObjectId made = draft.write_commit(commit_on(second_)).value();
    const Updates updates = {{.ref = "refs/heads/main", .expected = id(second_), .value = made},
                             {.ref = "refs/tags/v1.1.0", .expected = {}, .value = made}};
    hook("pre-receive", "printf 'not on a \\033[1mFriday\\n'; exit 1");
    Pushed pushed = push(draft, updates);
    EXPECT_EQ(pushed.outcome, Outcome::refused);
    EXPECT_TRUE(pushed.reason.starts_with("`refs/heads/main`: pre-receive hook declined"))
        << pushed.reason;
    EXPECT_TRUE(pushed.reason.contains("Friday") && !pushed.reason.contains('\033'))
        << pushed.reason;
    std::filesystem::remove(remote_path() + "/hooks/pre-receive");

    hook("update", "case $1 in *v1.1.0) echo it already exists; exit 1 ;; esac");
    pushed = push(draft, updates);
    EXPECT_EQ(pushed.outcome, Outcome::refused);
    EXPECT_TRUE(pushed.reason.starts_with("`refs/tags/v1.1.0`: hook declined (it already exists"))
        << pushed.reason;
    std::filesystem::remove(remote_path() + "/hooks/update");

    remote().run({"config", "transfer.hideRefs", "refs/hidden"});
    pushed = push(draft, {{.ref = "refs/hidden/x", .expected = {}, .value = made}});
    EXPECT_EQ(pushed.outcome, Outcome::refused);
    EXPECT_EQ(pushed.reason, "`refs/hidden/x`: deny updating a hidden ref");

    pushed = push(draft, {{.ref = "refs/heads/main/below", .expected = {}, .value = made}});
    EXPECT_EQ(pushed.outcome, Outcome::refused) << pushed.reason;
    remote().run({"config", "receive.denyDeletes", "true"});
    pushed = push(draft, {{.ref = "refs/heads/main", .expected = id(second_), .value = {}}});
    EXPECT_EQ(pushed.outcome, Outcome::refused) << pushed.reason;
    remote().run({"config", "receive.denyNonFastForwards", "true"});
    pushed =
        push(draft, {{.ref = "refs/heads/main", .expected = id(second_), .value = id(first_)}});
    EXPECT_EQ(pushed.outcome, Outcome::refused) << pushed.reason;
    EXPECT_EQ(remote().run({"rev-parse", "main"}), second_);
}

/// The refs change while the remote is already at it, so that only its own lock can tell.
TEST_F(Pushing, LosesARaceInsideTheRemote) {
    Draft draft = this->draft();
    const ObjectId made = draft.write_commit(commit_on(second_)).value();
    const std::string update = "unset GIT_QUARANTINE_PATH; git update-ref ";
    hook("pre-receive", update + "refs/tags/v1.1.0 " + first_);
    Pushed pushed = push(draft, {{.ref = "refs/tags/v1.1.0", .expected = {}, .value = made}});
    EXPECT_EQ(pushed.outcome, Outcome::stale) << pushed.reason;
    hook("pre-receive", update + "refs/heads/main " + first_);
    pushed = push(draft, {{.ref = "refs/heads/main", .expected = id(second_), .value = made},
                          {.ref = "refs/tags/v2", .expected = {}, .value = made}});
    EXPECT_EQ(pushed.outcome, Outcome::stale) << pushed.reason;
    hook("pre-receive", update + "-d refs/heads/main");
    pushed = push(draft, {{.ref = "refs/heads/main", .expected = id(first_), .value = made}});
    EXPECT_EQ(pushed.outcome, Outcome::stale) << pushed.reason;
    EXPECT_FALSE(remote().try_run({"rev-parse", "--verify", "--quiet", "v2"}).exit.ok());
}

TEST_F(Pushing, NeedsAtomicPushes) {
    remote().run({"config", "receive.advertiseAtomic", "false"});
    Draft draft = this->draft();
    const auto pushed =
        draft.push(Updates{{.ref = "refs/heads/new", .expected = {}, .value = id(first_)}});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().kind, Error::Kind::unsupported);
    EXPECT_TRUE(pushed.error().hint.contains("atomic")) << pushed.error().hint;
}

TEST_F(Pushing, TheUsersHooksAndTagsStayOut) {
    std::filesystem::create_directories(user_ / ".git/hooks");
    user_.write(".git/hooks/pre-push", "#!/bin/sh\ntouch " + (dir_ / "ran") + "\nexit 1\n");
    std::filesystem::permissions(user_ / ".git/hooks/pre-push", std::filesystem::perms::owner_all);
    user_.run({"config", "push.followTags", "true"});
    user_.run({"config", "remote.origin.mirror", "true"});
    Draft draft = this->draft();
    EXPECT_EQ(push(draft, {{.ref = "refs/heads/new", .expected = {}, .value = id(first_)}}).outcome,
              Outcome::accepted);
    EXPECT_FALSE(std::filesystem::exists(dir_ / "ran"));
}

TEST_F(Pushing, TellsThatThereIsNoRemote) {
    std::filesystem::remove_all(remote_path());
    Draft draft = this->draft();
    const auto pushed =
        draft.push(Updates{{.ref = "refs/heads/new", .expected = {}, .value = id(first_)}});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().kind, Error::Kind::not_found);
}

/// Words of other servers than git itself.
TEST(PushAnswer, IsReadAsHostsWriteIt) {
    const ObjectId one = ObjectId::parse(std::string(40, '1')).value();
    const Updates updates = {{.ref = "refs/heads/main", .expected = {}, .value = one}};
    const auto outcome = [&](const std::string& reason, const std::string& err = "") {
        const auto pushed = read_push(
            {.exit = {.code = 1},
             .out = "To x\n!\t1:refs/heads/main\t[remote rejected] (" + reason + ")\nDone\n",
             .err = err},
            updates, "https://me:secret@host/x");
        if (!pushed) return std::string(to_string(pushed.error().kind));
        return std::string(pushed->outcome == Outcome::stale     ? "stale"
                           : pushed->outcome == Outcome::refused ? "refused"
                                                                 : "accepted");
    };
    EXPECT_EQ(outcome("cannot lock ref 'refs/heads/main': is at 1 but expected 2"), "stale");
    EXPECT_EQ(outcome("cannot lock ref 'refs/heads/main': reference already exists"), "stale");
    EXPECT_EQ(outcome("incorrect old value provided"), "stale");
    EXPECT_EQ(outcome("failed to update ref"), "stale");
    EXPECT_EQ(outcome("protected branch hook declined"), "refused");
    EXPECT_EQ(outcome("push declined due to repository rule violations"), "refused");
    EXPECT_EQ(outcome("pre-receive hook declined", "remote: v1 already exists\n"), "refused");
    EXPECT_EQ(outcome("unpacker error",
                      "remote: error: insufficient permission for adding an "
                      "object to repository database ./objects\n"),
              "denied");
    EXPECT_EQ(outcome("remote failed to report status"), "unavailable");
    const auto silent =
        read_push({.exit = {.code = 0}, .out = "To x\nDone\n", .err = {}}, updates, "/x");
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().kind, Error::Kind::unavailable);
}

class PushingOverHttp : public Pushing {
  protected:
    void SetUp() override {
        if (!GitHttpServer::is_possible()) GTEST_SKIP() << "no python3 to serve with";
        server_.emplace(
            dir_.path().string(),
            testing::GitHttpSetup{.user = "me", .password = "s3cret", .everybody_reads = true});
        remote().run({"config", "http.receivepack", "true"});
    }
    Result<Pushed> create(Draft& draft) const {
        return draft.push(Updates{{.ref = "refs/heads/new", .expected = {}, .value = id(first_)}});
    }
    std::optional<GitHttpServer> server_;
};

TEST_F(PushingOverHttp, WorksWithCredentials) {
    Draft draft = this->draft(server_->url("/remote", "me:s3cret"));
    EXPECT_EQ(draft.remote_title(), server_->url("/remote"));
    EXPECT_EQ(draft.list().value().refs.size(), 3u);
    ASSERT_TRUE(draft.fetch(std::vector<std::string>{"refs/tags/*"}));
    EXPECT_EQ(create(draft).value().outcome, Outcome::accepted);
    EXPECT_EQ(create(draft).value().outcome, Outcome::stale);
    EXPECT_EQ(remote().run({"rev-parse", "new"}), first_);
}

TEST_F(PushingOverHttp, TakesTheUsersHelpersAndHeaders) {
    user_.run({"config", "http." + server_->url("/") + ".extraHeader",
               "Authorization: Basic bWU6czNjcmV0"});
    Draft with_header = this->draft(server_->url("/remote"));
    EXPECT_EQ(create(with_header).value().outcome, Outcome::accepted);
    user_.run({"config", "--remove-section", "http." + server_->url("/")});
    remote().run({"update-ref", "-d", "refs/heads/new"});
    user_.run(
        {"config", "credential.helper", "!f() { echo username=me; echo password=s3cret; }; f"});
    Draft with_helper = this->draft(server_->url("/remote"));
    EXPECT_EQ(create(with_helper).value().outcome, Outcome::accepted);
}

TEST_F(PushingOverHttp, TellsThatItMayNotAndNoSecrets) {
    for (const char* const user_info : {"", "me:wr0ng"}) {
        Draft draft = this->draft(server_->url("/remote", user_info));
        const auto pushed = create(draft);
        ASSERT_FALSE(pushed);
        EXPECT_EQ(pushed.error().kind, Error::Kind::denied) << pushed.error().message;
        EXPECT_FALSE(pushed.error().message.contains("wr0ng")) << pushed.error().message;
    }
    remote().run({"config", "http.receivepack", "false"});
    Draft draft = this->draft(server_->url("/remote", "me:s3cret"));
    const auto pushed = create(draft);
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().kind, Error::Kind::denied) << pushed.error().message;
    EXPECT_FALSE(pushed.error().message.contains("s3cret")) << pushed.error().message;
    EXPECT_EQ(draft.list().value().refs.size(), 3u);
}

TEST_F(PushingOverHttp, SaysWhenNobodyKnows) {
    // The push happens, and its answer is lost.
    const testing::RawServer cut(
        [&](const testing::RawRequest& request, testing::RawConnection& connection) {
            if (request.method == "POST") {
                remote().run({"update-ref", "refs/heads/new", first_});
                connection.reset();
                return;
            }
            const std::string refs =
                Git(remote_path()).run({"receive-pack", "--http-backend-info-refs", "."});
            connection.answer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-receive-pack-advertisement",
                "001f# service=git-receive-pack\n0000" + refs);
        });
    Draft draft = this->draft(cut.url("/remote"));
    const auto pushed = create(draft);
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().kind, Error::Kind::unavailable) << pushed.error().message;
    EXPECT_EQ(remote().run({"rev-parse", "new"}), first_);
}

}  // namespace
}  // namespace lockstep::git
