// Registries behind certificates that this machine's certs.d folders speak of.
#include <gtest/gtest.h>

#include <filesystem>

#include "acceptance/registry_client.h"
#include "images/certificates.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"
#include "support/scoped_variable.h"
#include "support/temp_dir.h"
#include "support/tls.h"

namespace lockstep {
namespace {

using testing::Authority;
using testing::KeyPair;
using testing::MadeImage;
using testing::make_image;
using testing::RegistryServer;

class RegistryTls : public testing::OnRegistry {
  protected:
    RegistryServer start(const KeyPair& pair, const std::string& client_authority = {}) const {
        return RegistryServer({.kind = GetParam(),
                               .certificate = pair.certificate,
                               .key = pair.key,
                               .client_authority = client_authority});
    }
    /// Puts a file where containers-certs.d(5) says, for `host`.
    void configure(const std::string& host, const std::string& name,
                   const std::string& file) const {
        const std::string folder = home_ / (".config/containers/certs.d/" + host);
        std::filesystem::create_directories(folder);
        std::filesystem::copy_file(file, folder + '/' + name,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    /// What asking for a tag that is not there comes to, with what `configure` left in this home.
    std::string ask(const std::string& host) const {
        const testing::ScopedVariable home("HOME", home_.path().string());
        http::Options http = RegistryClient::impatient();
        http.tls_for = images::registry_tls;
        RegistryClient client(host, {.is_trusted = true}, {}, http);
        return outcome_of(client.resolve("team/app", "v1"));
    }

    testing::TempDir home_;
    Authority authority_;
};
INSTANTIATE_TEST_SUITE_P(On, RegistryTls, testing::distribution_kinds(), testing::kind_name);

TEST_P(RegistryTls, AnAuthorityIsTrustedForItsHostOnly) {
    const RegistryServer one = start(authority_.server()), other = start(authority_.server());
    EXPECT_EQ(ask(one.address()), "denied");
    configure(one.address(), "ca.crt", authority_.own().certificate);
    EXPECT_EQ(ask(one.address()), "not found");
    EXPECT_EQ(ask(other.address()), "denied");
    EXPECT_EQ(ask(one.name()), "denied");
}

TEST_P(RegistryTls, WhatTheAuthorityDidNotSignIsRefused) {
    const Authority stranger;
    const RegistryServer server = start(authority_.server());
    configure(server.address(), "ca.crt", stranger.own().certificate);
    EXPECT_EQ(ask(server.address()), "denied");
}

TEST_P(RegistryTls, AnotherNameIsRefused) {
    const RegistryServer server = start(authority_.server({"registry.test"}));
    configure(server.address(), "ca.crt", authority_.own().certificate);
    EXPECT_EQ(ask(server.address()), "denied");
}

TEST_P(RegistryTls, WhatIsOverIsRefused) {
    const RegistryServer server = start(authority_.expired_server());
    configure(server.address(), "ca.crt", authority_.own().certificate);
    EXPECT_EQ(ask(server.address()), "denied");
}

TEST_P(RegistryTls, OurCertificateIsShown) {
    const KeyPair client = authority_.client("ci");
    const RegistryServer server = start(authority_.server(), authority_.own().certificate);
    configure(server.address(), "ca.crt", authority_.own().certificate);
    EXPECT_NE(ask(server.address()), "not found");
    configure(server.address(), "client.cert", client.certificate);
    configure(server.address(), "client.key", client.key);
    EXPECT_EQ(ask(server.address()), "not found");
}

TEST_P(RegistryTls, PlainHttpIsNeverTriedUnasked) {
    const RegistryServer server({.kind = GetParam()});
    EXPECT_NE(ask(server.address()), "not found");
    EXPECT_EQ(server.count("", "/v2/"), 0u);
}

TEST_P(RegistryTls, PlainHttpIsToldFromBrokenTls) {
    const RegistryServer server({.kind = GetParam()});
    RegistryClient client(server.address(), {.is_trusted = true});
    const Result<oci::Descriptor> answer = client.resolve("team/app", "v1");
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(to_string(answer.error()), "HEAD https://" + server.address() +
                                             "/v2/team/app/manifests/v1: what answers there "
                                             "speaks no TLS");
    EXPECT_EQ(
        answer.error().hint,
        "if it is meant to be asked by plain HTTP, allow that: --plain-http " + server.address());
}

}  // namespace
}  // namespace lockstep
