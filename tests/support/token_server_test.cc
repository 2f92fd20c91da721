#include "support/token_server.h"

#include <gtest/gtest.h>

#include <thread>

#include "support/peer.h"
#include "support/registry_kinds.h"

namespace lockstep::testing {
namespace {

class Tokens : public OnRegistry {
  protected:
    /// The token that `args` of curl bring, "" where none is given.
    static std::string token(const TokenServer& server, std::vector<std::string> args,
                             const std::string& query) {
        args.insert(args.begin(), {"curl", "-sS", "--noproxy", "*"});
        args.push_back(server.realm().realm + query);
        const std::string text = run_tool(args);
        const std::size_t at = text.find("\"token\":\"");
        return at == std::string::npos ? "" : text.substr(at + 9, text.find('"', at + 9) - at - 9);
    }
    static std::string status(const RegistryServer& registry, const std::string& method,
                              const std::string& path, const std::string& token) {
        return run_tool({"curl", "-sS", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}",
                         "-X", method, "-H", "Authorization: Bearer " + token,
                         registry.url() + path});
    }
    static RegistryServer registry_of(const TokenServer& server) {
        return RegistryServer({.kind = GetParam(), .token = server.realm()});
    }
};
INSTANTIATE_TEST_SUITE_P(Of, Tokens, distribution_kinds(), kind_name);

constexpr const char* push = "?service=registry&scope=repository:team/app:pull,push";
constexpr const char* upload = "/v2/team/app/blobs/uploads/";

TEST_P(Tokens, AreTakenByRegistries) {
    const TokenServer server;
    const RegistryServer registry = registry_of(server);
    EXPECT_EQ(status(registry, "POST", upload, "nonsense"), "401");
    EXPECT_EQ(status(registry, "POST", upload, token(server, {"-u", "alice:secret"}, push)), "202");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1u);
    EXPECT_EQ(requests[0].user, "alice");
    EXPECT_EQ(requests[0].scopes, std::vector<std::string>{"repository:team/app:pull,push"});
    EXPECT_EQ(requests[0].status, 200);
}

TEST_P(Tokens, GrantNoMoreThanTheSetupSays) {
    const TokenServer server;
    const RegistryServer registry = registry_of(server);
    const std::string anonymous = token(server, {}, push);
    EXPECT_EQ(status(registry, "POST", upload, anonymous), "401");
    EXPECT_EQ(status(registry, "GET", "/v2/team/app/manifests/x", anonymous), "404");
    EXPECT_EQ(token(server, {"-u", "alice:wrong"}, push), "");
    EXPECT_EQ(server.requests().back().status, 401);
}

TEST_P(Tokens, Expire) {
    const TokenServer server({.lifetime = std::chrono::seconds(2)});
    const RegistryServer registry = registry_of(server);
    const std::string brief = token(server, {"-u", "alice:secret"}, push);
    EXPECT_EQ(status(registry, "POST", upload, brief), "202");
    std::this_thread::sleep_for(std::chrono::milliseconds(3100));
    EXPECT_EQ(status(registry, "POST", upload, brief), "401");
}

TEST_P(Tokens, ComeByOAuth2Too) {
    const TokenServer server({.users = {{"alice", "secret", "long-lived"}}});
    const RegistryServer registry = registry_of(server);
    const std::string form = "&service=registry&client_id=test&scope=repository:team/app:pull,push";
    EXPECT_EQ(status(registry, "POST", upload,
                     token(server,
                           {"-d", "grant_type=refresh_token&refresh_token=long-lived" + form}, "")),
              "202");
    EXPECT_EQ(token(server, {"-d", "grant_type=refresh_token&refresh_token=other" + form}, ""), "");
    EXPECT_NE(
        token(server, {"-d", "grant_type=password&username=alice&password=secret" + form}, ""), "");
    EXPECT_EQ(server.requests()[0].method, "POST");
    EXPECT_EQ(server.requests()[0].user, "alice");
}

}  // namespace
}  // namespace lockstep::testing
