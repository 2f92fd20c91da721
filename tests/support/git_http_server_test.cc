#include "support/git_http_server.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/git_repo.h"

namespace lockstep::testing {
namespace {

class GitHttp : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!GitHttpServer::is_possible()) GTEST_SKIP() << "no python3 to serve with";
        repo_.write("file", std::string(3u << 20, 'x'));
        repo_.commit();
    }
    std::string path() const { return dir_.path().string(); }

    TempDir dir_;
    GitRepo repo_;
};

TEST_F(GitHttp, TakesPushesAndGivesThemBack) {
    const GitHttpServer server(path());
    const std::string bare = server.make_repository("acme/app");
    repo_.run({"push", "--quiet", server.url("/acme/app"), "main"});
    // Large requests come in chunks.
    repo_.write("noise", [] {
        std::string noise(2u << 20, ' ');
        unsigned state = 1;
        for (char& c : noise) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
        return noise;
    }());
    const std::string head = repo_.commit();
    repo_.run({"push", "--quiet", server.url("/acme/app"), "main"});
    EXPECT_EQ(Git(bare).run({"rev-parse", "main"}), head);
    EXPECT_EQ(repo_.run({"ls-remote", server.url("/acme/app"), "main"}),
              head + "\trefs/heads/main");
    EXPECT_GT(std::ranges::count(server.requests(), "POST /acme/app/git-receive-pack"), 0);
}

TEST_F(GitHttp, AsksWhoItIs) {
    const GitHttpServer server(path(), {.user = "me", .password = "secret"});
    server.make_repository("app");
    EXPECT_FALSE(repo_.git().try_run({"ls-remote", server.url("/app")}).exit.ok());
    EXPECT_FALSE(repo_.git().try_run({"ls-remote", server.url("/app", "me:other")}).exit.ok());
    EXPECT_TRUE(repo_.git().try_run({"push", server.url("/app", "me:secret"), "main"}).exit.ok());
}

TEST_F(GitHttp, MayLetEverybodyRead) {
    const GitHttpServer server(path(),
                               {.user = "me", .password = "secret", .everybody_reads = true});
    server.make_repository("app");
    EXPECT_TRUE(repo_.git().try_run({"ls-remote", server.url("/app")}).exit.ok());
    EXPECT_FALSE(repo_.git().try_run({"push", server.url("/app"), "main"}).exit.ok());
    EXPECT_TRUE(repo_.git().try_run({"push", server.url("/app", "me:secret"), "main"}).exit.ok());
}

}  // namespace
}  // namespace lockstep::testing
