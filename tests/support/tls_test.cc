#include "support/tls.h"

#include <gtest/gtest.h>

#include "support/peer.h"

namespace lockstep::testing {
namespace {

/// What openssl says of a certificate as that of a server.
std::string verdict(const KeyPair& authority, const KeyPair& pair, const std::string& purpose) {
    const auto said = run_peer({"openssl", "verify", "-purpose", purpose, "-CAfile",
                                authority.certificate, pair.certificate},
                               "/nonexistent");
    return said.exit.ok() ? "OK" : said.err + said.out;
}

TEST(Authority, SignsServersAndClients) {
    Authority authority, other;
    const KeyPair server = authority.server(), client = authority.client("ci");
    EXPECT_EQ(verdict(authority.own(), server, "sslserver"), "OK");
    EXPECT_EQ(verdict(authority.own(), client, "sslclient"), "OK");
    EXPECT_NE(verdict(authority.own(), client, "sslserver"), "OK");
    EXPECT_NE(verdict(other.own(), server, "sslserver"), "OK");
}

TEST(Authority, SignsWhatIsOver) {
    Authority authority;
    EXPECT_TRUE(verdict(authority.own(), authority.expired_server(), "sslserver")
                    .contains("certificate has expired"));
}

TEST(Authority, WritesNamesAndAddresses) {
    Authority authority;
    const KeyPair pair = authority.server({"registry.test", "127.0.0.1"});
    EXPECT_TRUE(
        run_tool({"openssl", "x509", "-in", pair.certificate, "-noout", "-ext", "subjectAltName"})
            .contains("DNS:registry.test, IP Address:127.0.0.1"));
}

}  // namespace
}  // namespace lockstep::testing
