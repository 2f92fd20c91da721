#include "support/fault_proxy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "os/subprocess.h"
#include "support/git_http_server.h"
#include "support/git_repo.h"
#include "support/image_maker.h"
#include "support/image_push.h"
#include "support/peer.h"
#include "support/raw_server.h"
#include "support/registry_kinds.h"

namespace lockstep::testing {
namespace {

/// What curl ends with: "0 200", "56 000".
std::string curl(std::vector<std::string> args) {
    args.insert(args.begin(), {"curl", "-s", "--noproxy", "*", "-o", "/dev/null", "-m", "20", "-w",
                               "%{exitcode} %{http_code}", "-H",
                               "Accept: application/vnd.oci.image.manifest.v1+json"});
    auto captured = os::run({.argv = args}, {.timeout = std::chrono::seconds(30)});
    return captured ? captured->out : to_string(captured.error());
}

class ProxiedRegistry : public OnRegistry {
  protected:
    void SetUp() override {
        OnRegistry::SetUp();
        if (IsSkipped()) return;
        server_ = std::make_unique<RegistryServer>(RegistrySetup{.kind = GetParam()});
        proxy_ = std::make_unique<FaultProxy>(server_->address());
        push_image(server_->url(), "kite", image_, "v1");
    }
    std::string manifest(const std::string& name = "v1") const {
        return proxy_->url("/v2/kite/manifests/" + name);
    }
    std::vector<std::string> put(const std::string& tag) {
        file_.write("manifest", image_.bytes());
        return {"-X",
                "PUT",
                "-H",
                "Content-Type: " + image_.media_type(),
                "--data-binary",
                "@" + (file_ / "manifest"),
                manifest(tag)};
    }
    bool has(const std::string& tag) const {
        return !pull_manifest(server_->url(), "kite", tag).empty();
    }

    const MadeImage image_ = make_image();
    TempDir file_;
    std::unique_ptr<RegistryServer> server_;
    std::unique_ptr<FaultProxy> proxy_;
};
INSTANTIATE_TEST_SUITE_P(Of, ProxiedRegistry, all_kinds(), kind_name);

TEST_P(ProxiedRegistry, PassesEverythingOn) {
    const MadeImage large = make_image({.layers = {20u << 20, 1000}, .seed = 7});
    push_image(proxy_->url(), "large", large, "v2");
    EXPECT_EQ(pull_manifest(server_->url(), "large", "v2"), large.bytes());
    EXPECT_EQ(pull_manifest(proxy_->url(), "large", "v2"), large.bytes());
    const std::string got = run_tool(
        {"curl", "-sS", "--noproxy", "*", proxy_->url("/v2/large/blobs/" + large.blobs[0].digest)});
    EXPECT_TRUE(got == large.blobs[0].bytes);
    EXPECT_EQ(curl({"-I", manifest()}), "0 200");
    EXPECT_EQ(curl({manifest("v3")}), "0 404");
    EXPECT_EQ(proxy_->spoilt(), 0u);
    const auto exchanges = proxy_->exchanges();
    EXPECT_EQ(exchanges.back().method, "GET");
    EXPECT_EQ(exchanges.back().target, "/v2/kite/manifests/v3");
    EXPECT_EQ(exchanges.back().status, 404);
}

TEST_P(ProxiedRegistry, SpoilsTheNthThatMatchesOnly) {
    proxy_->add({.fault = {.kind = Fault::Kind::answer, .status = 503},
                 .method = "GET",
                 .target = "*/manifests/*",
                 .nth = 2,
                 .times = 2});
    std::vector<std::string> said;
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(curl({"-I", manifest()}), "0 200");
        EXPECT_EQ(curl({proxy_->url("/v2/")}), "0 200");
        said.push_back(curl({manifest()}));
    }
    EXPECT_EQ(said, (std::vector<std::string>{"0 200", "0 503", "0 503", "0 200"}));
    EXPECT_EQ(proxy_->spoilt(), 2u);
    proxy_->clear();
    EXPECT_EQ(proxy_->spoilt(), 0u);
}

TEST_P(ProxiedRegistry, LosesTheRequestOrTheAnswer) {
    proxy_->add({.fault = {.kind = Fault::Kind::reset_before}, .target = "*/before"});
    proxy_->add({.fault = {.kind = Fault::Kind::reset_after}, .target = "*/after"});
    EXPECT_EQ(curl(put("before")), "56 000");
    EXPECT_FALSE(has("before"));
    EXPECT_EQ(curl(put("after")), "56 000");
    EXPECT_TRUE(has("after"));
    EXPECT_EQ(curl(put("before")), "0 201");
    EXPECT_TRUE(has("before"));
}

TEST_P(ProxiedRegistry, AnswersInTheServersPlaceBeforeOrAfterItActed) {
    for (const int status : {401, 403, 404, 429, 500, 503}) {
        proxy_->clear();
        proxy_->add({.fault = {.kind = Fault::Kind::answer, .status = status}, .method = "PUT"});
        EXPECT_EQ(curl(put("lost")), "0 " + std::to_string(status));
        EXPECT_FALSE(has("lost"));
    }
    proxy_->add({.fault = {.kind = Fault::Kind::answer_after, .status = 504}, .method = "PUT"});
    EXPECT_EQ(curl(put("kept")), "0 504");
    EXPECT_TRUE(has("kept"));
}

TEST_P(ProxiedRegistry, CutsAnAnswerInTheMiddle) {
    proxy_->add({.fault = {.kind = Fault::Kind::truncate}, .times = 2});
    EXPECT_EQ(curl({manifest()}), "18 200");                  // half a body
    EXPECT_EQ(curl({"-I", manifest()}).substr(0, 3), "0 2");  // half a head, taken by curl
    EXPECT_EQ(proxy_->spoilt(), 2u);
}

TEST_P(ProxiedRegistry, AsksTwiceOrLater) {
    proxy_->add({.fault = {.kind = Fault::Kind::duplicate}, .target = "*/twice"});
    EXPECT_EQ(curl(put("twice")), "0 201");
    EXPECT_EQ(server_->count("PUT", "/manifests/twice"), 2u);
    constexpr std::chrono::milliseconds time(300);
    proxy_->add({.fault = {.kind = Fault::Kind::delay, .time = time}, .target = "*/later"});
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(curl(put("later")), "0 201");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, time);
}

TEST_P(ProxiedRegistry, ActsForAClientThatHasGone) {
    proxy_->add({.fault = {.kind = Fault::Kind::delay, .time = std::chrono::milliseconds(1500)},
                 .target = "*/later"});
    std::vector<std::string> impatient = put("later");
    impatient.insert(impatient.end(), {"--max-time", "0.2"});
    EXPECT_EQ(curl(impatient), "28 000");
    EXPECT_FALSE(has("later"));
    while (!proxy_->exchanges().back().is_over) std::this_thread::yield();
    EXPECT_TRUE(has("later"));
}

TEST_P(ProxiedRegistry, RefusesForAWhile) {
    constexpr std::chrono::milliseconds time(500);
    for (int round = 0; round < 2; ++round) {
        proxy_->clear();
        proxy_->add({.fault = {.kind = Fault::Kind::refuse, .time = time}});
        EXPECT_EQ(curl({manifest()}), "56 000");
        EXPECT_EQ(curl({manifest()}), "7 000");
        EXPECT_EQ(curl({"--retry", "20", "--retry-delay", "1", "--retry-connrefused", manifest()}),
                  "0 200");
        EXPECT_EQ(proxy_->spoilt(), 1u);
    }
}

TEST(FaultProxy, KeepsConnectionsAlive) {
    RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", request.method + " " + request.body);
    });
    const FaultProxy proxy(server.host_port());
    // curl says how many connections it made for each transfer.
    const auto ran =
        os::run({.argv = {"curl", "-s", "--noproxy", "*", "-w", "%{num_connects} ", "-d", "a",
                          proxy.url("/1"), proxy.url("/2"), proxy.url("/3")}});
    ASSERT_TRUE(ran);
    EXPECT_EQ(ran->out, "POST a1 POST a0 POST a0 ");
}

TEST(FaultProxy, TakesChunksInBothDirections) {
    RawServer server([](const RawRequest& request, RawConnection& connection) {
        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
        connection.write("1;x=y\r\nc\r\n0\r\nTrailer: t\r\n\r\n");
        connection.close();
        EXPECT_EQ(request.header("Transfer-Encoding"), "");
        EXPECT_EQ(request.body, "given");
    });
    const FaultProxy proxy(server.host_port());
    EXPECT_EQ(run_tool({"curl", "-sS", "--noproxy", "*", "-T", "-", proxy.url("/x")}, "given"),
              "abc");
}

TEST(FaultProxy, IsStoppedWhileItDelays) {
    RawServer server([](const RawRequest&, RawConnection& connection) {
        connection.answer("HTTP/1.1 200 OK", "");
    });
    std::string said;
    std::thread client;
    {
        FaultProxy proxy(server.host_port());
        proxy.add({.fault = {.kind = Fault::Kind::delay, .time = std::chrono::hours(1)}});
        client = std::thread([&said, url = proxy.url("/")] { said = curl({url}); });
        while (proxy.spoilt() == 0) std::this_thread::yield();
    }
    client.join();
    EXPECT_EQ(said, "52 000");
    EXPECT_EQ(server.requests().size(), 0u);
}

/// A repository with one commit of noise, and a server of git's in front of a bare one.
class ProxiedGit : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!GitHttpServer::is_possible()) GTEST_SKIP() << "no python3 to serve with";
        server_ = std::make_unique<GitHttpServer>(dir_.path().string());
        bare_ = server_->make_repository("kite");
        proxy_ = std::make_unique<FaultProxy>(server_->url().substr(7));
        repo_.write("noise", random_bytes(3u << 20, 1));
        head_ = repo_.commit();
    }
    bool pushes() const {
        return repo_.git().try_run({"push", "--quiet", proxy_->url("/kite"), "main"}).exit.ok();
    }
    std::string pushed() const {
        return Git(bare_).run({"for-each-ref", "--format=%(objectname)"});
    }

    TempDir dir_;
    GitRepo repo_;
    std::string bare_, head_;
    std::unique_ptr<GitHttpServer> server_;
    std::unique_ptr<FaultProxy> proxy_;
};

TEST_F(ProxiedGit, PassesALargePushAndAClone) {
    EXPECT_TRUE(pushes());
    EXPECT_EQ(pushed(), head_);
    const TempDir clone;
    EXPECT_TRUE(
        repo_.git().try_run({"clone", "--quiet", proxy_->url("/kite"), clone / "x"}).exit.ok());
    EXPECT_EQ(Git(clone / "x").run({"rev-parse", "HEAD"}), head_);
    EXPECT_EQ(proxy_->exchanges().front().target, "/kite/info/refs?service=git-receive-pack");
}

TEST_F(ProxiedGit, LosesAPushOrItsAnswer) {
    const FaultRule before = {.fault = {.kind = Fault::Kind::reset_before},
                              .method = "POST",
                              .target = "*/git-receive-pack",
                              .times = 0};
    proxy_->add(before);
    EXPECT_FALSE(pushes());
    EXPECT_EQ(pushed(), "");
    proxy_->clear();
    FaultRule after = before;  // the first request of a large push only asks who we are
    after.fault.kind = Fault::Kind::reset_after;
    after.nth = 2;
    proxy_->add(after);
    EXPECT_FALSE(pushes());
    EXPECT_EQ(pushed(), head_);
}

TEST_F(ProxiedGit, EveryFaultEnds) {
    for (const Fault& fault : all_faults()) {
        SCOPED_TRACE(to_string(fault));
        proxy_->clear();
        proxy_->add({.fault = fault});
        repo_.git().try_run({"ls-remote", proxy_->url("/kite")});
        EXPECT_EQ(proxy_->spoilt(), 1u);
    }
    proxy_->clear();
    EXPECT_TRUE(pushes());
}

}  // namespace
}  // namespace lockstep::testing
