// Somebody else's release by its URL, exactly as `kubectl apply -k` takes it: fetched once,
// answered from the cache ever after.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "acceptance/story.h"
#include "os/subprocess.h"
#include "support/git_http_server.h"
#include "support/peer.h"
#include "support/ssh_server.h"

namespace lockstep {
namespace {

constexpr const char* right =
    "v1.0.0: consistent\n"
    "  deploy/app.yaml:16:16 v1.0.0 consistent\n";
constexpr const char* no_folder =
    "v1.0.0: unchecked\n"
    "  ! `nowhere` could not be read, so it was not checked: `nowhere` does not exist\n";
constexpr const char* drifted =
    "v1.1.0: drifted\n"
    "  deploy/app.yaml:16:16 v1.0.0 drifted older\n";

/// A project of two releases, the second of which names the first one's image, in a bare repository
/// that is called as the project is.
class Remote : public ::testing::Test {
  protected:
    Remote() {
        Story story;
        story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")},
                                 {"deploy/kustomization.yaml", "resources: [app.yaml]\n"}});
        story.release("v1.1.0", {{"README.md", "# app\n"}});
        story.repository().run({"clone", "--quiet", "--bare", story.repository().path(), source_});
    }

    std::string verify(const std::string& url, bool offline = false) const {
        return verify_url(url, {.cache_directory = dir_ / "cache", .offline = offline});
    }

    testing::TempDir dir_;
    std::string source_ = dir_ / "hub/acme/app";
};

class File : public Remote {
  protected:
    std::string url(const std::string& rest) const { return "file://" + source_ + rest; }
};

TEST_F(File, IsVerifiedAtItsTag) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.0.0")), right);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
}

TEST_F(File, ComesFromTheCacheTheSecondTime) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
    std::filesystem::remove_all(source_);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0"), true), drifted);
}

TEST_F(File, OfflineSaysWhatTheCacheDoesNotHold) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.0.0"), true),
              "`v1.0.0` of `" + url("") + "` is not in the cache, and nothing may be fetched");
}

TEST_F(File, TellsWhatIsNotThere) {
    EXPECT_EQ(verify(url("//deploy?ref=v9.9.9")),
              "fetching from `" + url("") + "`: couldn't find remote ref v9.9.9");
    EXPECT_EQ(verify(url("//nowhere?ref=v1.0.0")), no_folder);
    EXPECT_EQ(verify(url("-else//deploy?ref=v1.0.0")),
              "fetching from `" + url("-else") + "`: '" + source_ +
                  "-else' does not appear to be a git repository; Could not read from remote "
                  "repository.");
}

/// What git itself serves over http, on a free port of the loopback.
class Http : public Remote {
  protected:
    void SetUp() override {
        if (!testing::GitHttpServer::is_possible()) GTEST_SKIP() << "no python3 to serve with";
        server_.emplace(dir_ / "hub");
        host_ = server_->url();
    }

    std::size_t requests() const { return server_->requests().size(); }
    std::string url(const std::string& rest) const { return host_ + "/acme/app" + rest; }

    std::optional<testing::GitHttpServer> server_;
    std::string host_;
};

TEST_F(Http, IsVerifiedAtItsTag) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.0.0")), right);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
}

/// What `lockstep verify` prints with these arguments, and its exit status.
std::string verified(const testing::TempDir& dir, std::vector<std::string> args,
                     std::vector<std::pair<std::string, std::string>> set = {}) {
    const std::vector<std::string> program = {LOCKSTEP_PROGRAM, "verify"};
    args.insert(args.begin(), program.begin(), program.end());
    set.emplace_back("XDG_CACHE_HOME", dir / "cache");
    set.emplace_back("LOCKSTEP_REGISTRY", "off");
    const auto ran = os::run({.argv = std::move(args), .set = std::move(set)}, {});
    if (!ran) return to_string(ran.error());
    return ran->out + ran->err + "[" + to_string(ran->exit) + "]";
}

TEST_F(Http, TheNamedKustomizationAloneIsJudged) {
    // A neighbour in the same tree is wrong, and no business of who applies the other.
    Story story;
    story.release("v1.0.0", {{"deploy/app.yaml", deployment("acme/app:v1.0.0")},
                             {"deploy/kustomization.yaml", "resources: [app.yaml]\n"},
                             {"other/app.yaml", deployment("acme/app:v0.9.0")},
                             {"other/kustomization.yaml", "resources: [app.yaml]\n"}});
    story.repository().run(
        {"clone", "--quiet", "--bare", story.repository().path(), dir_ / "hub/acme/two"});
    const std::string two = host_ + "/acme/two//";
    const auto verify_one = [&](const std::string& directory, const std::string& version) {
        return verified(dir_, {"-k", two + directory + "?ref=v1.0.0", "--expect", version,
                               "--image", "app", "-q", "-o", "github"});
    };
    EXPECT_EQ(verify_one("deploy", "v1.0.0"), "[exit status 0]");
    EXPECT_EQ(
        verify_one("deploy", "v1.1.0"),
        "::error file=deploy/app.yaml,line=16,endLine=16,col=16,endColumn=31,title=declared-"
        "version::image `acme/app` is declared as `v1.0.0`, an older release; v1.0.0 expects "
        "`v1.1.0`%0Ahint: write the next release's version at deploy/app.yaml:16:16 before it "
        "is tagged; `v1.0.0` is published and stays as it is\n[exit status 1]");
    EXPECT_EQ(verify_one("other", "v0.9.0"), "[exit status 0]");
    EXPECT_EQ(verify_one("nowhere", "v1.0.0").substr(0, 10), "::warning ");
}

TEST_F(Http, ComesFromTheCacheTheSecondTime) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
    const std::size_t asked = requests();
    EXPECT_GT(asked, 0u);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0")), drifted);
    EXPECT_EQ(verify(url("//deploy?ref=v1.1.0"), true), drifted);
    EXPECT_EQ(requests(), asked);
}

TEST_F(Http, OfflineAsksNobody) {
    EXPECT_EQ(verify(url("//deploy?ref=v1.0.0"), true),
              "`v1.0.0` of `" + url("") + "` is not in the cache, and nothing may be fetched");
    EXPECT_EQ(requests(), 0u);
}

TEST_F(Http, TellsWhatIsNotThere) {
    EXPECT_EQ(verify(url("//deploy?ref=v9.9.9")),
              "fetching from `" + url("") + "`: couldn't find remote ref v9.9.9");
    EXPECT_EQ(verify(url("//nowhere?ref=v1.0.0")), no_folder);
    const std::string other = host_ + "/acme/other";
    EXPECT_EQ(verify(other + "//deploy?ref=v1.0.0"),
              "fetching from `" + other + "`: repository '" + other + "/' not found");
}

TEST_F(Http, TellsThatNobodyAnswers) {
    server_.reset();
    const std::string said = verify(url("//deploy?ref=v1.0.0"));
    // How long it took is in curl's words.
    EXPECT_EQ(said.substr(0, said.find(" port ")), "fetching from `" + url("") +
                                                       "`: unable to access '" + url("/") +
                                                       "': Failed to connect to 127.0.0.1");
}

/// By OpenSSH, with a key of the user's: both ways to write such a URL. Of `git@…` the name is that
/// of who runs this test.
TEST_F(Remote, IsVerifiedOverSsh) {
    if (const auto why = testing::SshServer::why_absent()) GTEST_SKIP() << *why;
    const testing::SshServer server;
    const auto over_ssh = [&](const std::string& url) {
        return verified(dir_, {"-k", url, "--image", "app", "-q", "-o", "github"},
                        {{"GIT_SSH_COMMAND", server.command()}});
    };
    std::string person = testing::run_tool({"id", "-un"});
    person.pop_back();
    for (const std::string& repository :
         {testing::SshServer::url(source_), person + "@127.0.0.1:" + source_}) {
        SCOPED_TRACE(repository);
        EXPECT_EQ(over_ssh(repository + "//deploy?ref=v1.0.0"), "[exit status 0]");
        const std::string wrong = over_ssh(repository + "//deploy?ref=v1.1.0");
        EXPECT_TRUE(wrong.starts_with("::error file=deploy/app.yaml,line=16,")) << wrong;
        EXPECT_TRUE(wrong.ends_with("[exit status 1]")) << wrong;
        const std::string none = over_ssh(repository + "//deploy?ref=v9.9.9");
        EXPECT_TRUE(none.contains("couldn't find remote ref v9.9.9")) << none;
    }
}

TEST_F(Remote, NoUrlRunsAProgram) {
    const std::string mark = dir_ / "ran";
    const std::string touch = "touch " + mark;
    const std::string file = "file://" + source_ + "//deploy?ref=";
    struct Case {
        std::string url, why;
    };
    const std::string no_url = " is neither a directory nor a URL that kubectl takes";
    const std::vector<Case> cases = {
        {"ext::sh -c \"" + touch + "\"//deploy?ref=v1.0.0", no_url},
        {"git::ext::sh -c \"" + touch + "\"//deploy?ref=v1.0.0", no_url},
        {"fd::17//deploy?ref=v1.0.0", no_url},
        {"--upload-pack=" + touch, no_url},
        {"git::--upload-pack=" + touch + "//deploy?ref=v1.0.0", no_url},
        {"git@-oProxyCommand=" + touch + ":acme/app//deploy?ref=v1.0.0",
         ": a part of it begins with `-`"},
        {"ssh://-oProxyCommand=touch%20" + mark + "/acme/app//deploy?ref=v1.0.0",
         ": a part of it begins with `-`"},
        {file + "--upload-pack=" + touch, ": `--upload-pack=" + touch + "` is no name of a ref"},
        {file + "$(" + touch + ")", ": `$(" + touch + ")` is no name of a ref"},
        {file + "v1.0.0:refs/heads/main", ": `v1.0.0:refs/heads/main` is no name of a ref"},
        {"file://" + source_ + "//../../../etc?ref=v1.0.0",
         ": `../../../etc` leaves the repository"},
    };
    for (const Case& each : cases) EXPECT_EQ(verify(each.url), "`" + each.url + "`" + each.why);
    EXPECT_FALSE(std::filesystem::exists(mark));
}

}  // namespace
}  // namespace lockstep
