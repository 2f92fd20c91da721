// Where requests may lead that no user asked for, directly and behind a proxy.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "http/answer_text.h"
#include "http/client.h"

namespace lockstep::http {
namespace {

using testing::RawConnection;
using testing::RawRequest;
using testing::RawServer;

void serve(const RawRequest& request, RawConnection& connection) {
    connection.answer("HTTP/1.1 200 OK", request.target);
}

std::string get(Client& client, const std::string& where, bool is_trusted = false) {
    return text_of(client.send({.url = url(where), .is_trusted = is_trusted}));
}

constexpr const char* refused = ": it leads to an address that is not public";

TEST(ClientGuard, UntrustedRequestsStayOutOfPrivateNetworks) {
    const RawServer server(serve);
    Client client;
    const std::string port = ":" + std::to_string(server.port());
    for (const char* host : {"127.0.0.1", "localhost", "127.1", "0x7f000001", "[::ffff:127.0.0.1]",
                             "0.0.0.0", "[::1]", "[::]"}) {
        const std::string to = "http://" + std::string(host) + port + "/";
        EXPECT_EQ(get(client, to), "denied: GET " + url(to).str() + refused) << host;
    }
    EXPECT_EQ(server.connections(), 0u);
    EXPECT_EQ(get(client, server.url("/"), /*is_trusted=*/true), "200 /");
}

TEST(ClientGuard, MayBeSwitchedOff) {
    const RawServer server(serve);
    Client client({.may_reach_private = true});
    EXPECT_EQ(get(client, server.url("/x")), "200 /x");
}

// A connection that a trusted request opened is kept, but not for others.
TEST(ClientGuard, ReusedConnectionsAreJudgedToo) {
    const RawServer server(serve);
    Client client;
    EXPECT_EQ(get(client, server.url("/"), /*is_trusted=*/true), "200 /");
    EXPECT_EQ(get(client, server.url("/x")), "denied: GET " + server.url("/x") + refused);
    EXPECT_EQ(get(client, server.url("/"), /*is_trusted=*/true), "200 /");

    std::vector<Request> requests(20, {.url = url(server.url("/y"))});
    for (std::size_t at = 0; at < requests.size(); ++at) requests[at].is_trusted = at % 2 == 0;
    const auto answers = client.send_all(requests);
    for (std::size_t at = 0; at < answers.size(); ++at)
        EXPECT_EQ(answers[at].has_value(), at % 2 == 0) << at;
    for (const RawRequest& request : server.requests()) EXPECT_NE(request.target, "/x");
    EXPECT_EQ(server.requests().size(), 12u);
}

TEST(ClientGuard, RefusedIsNotTriedAgain) {
    const RawServer server(serve);
    Client client({.pause_first = std::chrono::seconds(10)});
    EXPECT_EQ(get(client, server.url("/")), "denied: GET " + server.url("/") + refused);
}

/// The variables of proxies for the time of a test.
class ProxyVariables {
  public:
    explicit ProxyVariables(const std::string& http) {
        ::setenv("http_proxy", http.c_str(), 1);
        ::setenv("no_proxy", "direct.example,127.0.0.0/8", 1);
    }
    ~ProxyVariables() {
        ::unsetenv("http_proxy");
        ::unsetenv("no_proxy");
    }
};

TEST(ClientProxy, IsAskedForTheWholeUrl) {
    const RawServer proxy(serve);
    const ProxyVariables variables(proxy.url());
    Client client;
    EXPECT_EQ(get(client, "http://registry.example/v2/"), "200 http://registry.example/v2/");
    const RawServer server(serve);
    EXPECT_EQ(get(client, server.url("/v2/"), /*is_trusted=*/true), "200 /v2/");
    EXPECT_EQ(proxy.requests().size(), 1u);
}

TEST(ClientProxy, IsToldNoPrivateAddress) {
    const RawServer proxy(serve);
    const ProxyVariables variables(proxy.url());
    Client client;
    for (const char* host : {"10.0.0.1", "169.254.169.254", "[::1]", "localhost", "a.localhost",
                             "[fd00::1]", "0xa9fea9fe"}) {
        const std::string to = "http://" + std::string(host) + "/";
        EXPECT_EQ(get(client, to), "denied: GET " + url(to).str() + refused) << host;
    }
    EXPECT_EQ(proxy.connections(), 0u);
    EXPECT_EQ(get(client, "http://1.1.1.1/"), "200 http://1.1.1.1/");
    EXPECT_EQ(get(client, "http://10.0.0.1/", /*is_trusted=*/true), "200 http://10.0.0.1/");
}

TEST(ClientProxy, IsNotAskedWhereItIsExcepted) {
    const RawServer proxy(serve);
    const RawServer server(serve);
    const ProxyVariables variables(proxy.url());
    Client client;
    // Directly, so it is judged as if there were no proxy.
    EXPECT_EQ(get(client, server.url("/")), "denied: GET " + server.url("/") + refused);
    EXPECT_EQ(server.connections() + proxy.connections(), 0u);
}

// libcurl must not find an exception that we did not see: the request would go out unjudged.
TEST(ClientProxy, IsChosenHereAlone) {
    const RawServer proxy(serve);
    const ProxyVariables variables(proxy.url());
    Client client;
    ::setenv("no_proxy", "*", 1);
    EXPECT_EQ(get(client, "http://registry.example/"), "200 http://registry.example/");
}

TEST(ClientProxy, ThatIsNotThere) {
    const ProxyVariables variables("http://user:secret@127.0.0.1:1/");
    Client client({.tries = 1});
    EXPECT_EQ(get(client, "http://registry.example/"),
              "unavailable: GET http://registry.example/: could not connect: Connection refused");
}

TEST(ClientProxy, ThatIsNone) {
    const ProxyVariables variables("http://user:secret@a b/");
    Client client({.tries = 1});
    EXPECT_EQ(get(client, "http://registry.example/"),
              "unavailable: GET http://registry.example/: the proxy that the environment names "
              "cannot be found");
}

}  // namespace
}  // namespace lockstep::http
