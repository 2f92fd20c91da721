#include "support/registry_server.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "os/subprocess.h"
#include "support/registry_kinds.h"
#include "support/tls.h"

namespace lockstep::testing {
namespace {

/// What curl printed, given `args`: the body, or with "-I" the headers.
std::string curl(std::vector<std::string> args) {
    args.insert(args.begin(), {"curl", "-sS", "--noproxy", "*"});
    auto captured = os::run({.argv = args}, {.timeout = std::chrono::seconds(30)});
    return captured ? captured->out + captured->err : to_string(captured.error());
}
std::string status(const std::vector<std::string>& args) {
    std::vector<std::string> all = {"-o", "/dev/null", "-w", "%{http_code}"};
    all.insert(all.end(), args.begin(), args.end());
    return curl(all);
}

class EachRegistry : public OnRegistry {};
INSTANTIATE_TEST_SUITE_P(Of, EachRegistry, all_kinds(), kind_name);

TEST_P(EachRegistry, TakesRequestsAtOnceAndRemembersThem) {
    const RegistryServer server({.kind = GetParam()});
    EXPECT_EQ(status({server.url() + "/v2/"}), "200");
    EXPECT_EQ(status({"http://" + server.name() + "/v2/a/manifests/x?n=7&last=x"}), "404");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2u);
    EXPECT_EQ(requests[0].target, "/v2/");
    EXPECT_EQ(requests[1].method, "GET");
    EXPECT_EQ(requests[1].target, "/v2/a/manifests/x?n=7&last=x");
    EXPECT_EQ(requests[1].status, 404);
    EXPECT_EQ(server.count("GET", "/v2/"), 2u);
    EXPECT_EQ(server.count("PUT", "/v2/"), 0u);
}

TEST_P(EachRegistry, SharesNothingWithAnother) {
    const RegistryServer one({.kind = GetParam()}), other({.kind = GetParam()});
    EXPECT_NE(one.address(), other.address());
    EXPECT_EQ(status({"-X", "POST", one.url() + "/v2/a/blobs/uploads/"}), "202");
    EXPECT_EQ(other.requests().size(), 0u);
}

TEST_P(EachRegistry, IsGoneWithItsOwner) {
    std::string url;
    {
        const RegistryServer server({.kind = GetParam()});
        url = server.url();
    }
    EXPECT_EQ(status({url + "/v2/"}).substr(0, 3), "000");
}

class Distribution : public OnRegistry {};
INSTANTIATE_TEST_SUITE_P(Of, Distribution, distribution_kinds(), kind_name);

TEST_P(Distribution, AsksForAPassword) {
    const RegistryServer server({.kind = GetParam(), .users = {{"alice", "secret"}}});
    EXPECT_EQ(status({server.url() + "/v2/"}), "401");
    EXPECT_EQ(status({"-u", "alice:wrong", server.url() + "/v2/"}), "401");
    EXPECT_EQ(status({"-u", "alice:secret", server.url() + "/v2/"}), "200");
}

TEST_P(Distribution, SpeaksTls) {
    Authority authority;
    const KeyPair server_pair = authority.server(), client = authority.client("ci");
    const RegistryServer server({.kind = GetParam(),
                                 .certificate = server_pair.certificate,
                                 .key = server_pair.key,
                                 .client_authority = authority.own().certificate});
    EXPECT_EQ(status({server.url() + "/v2/"}).substr(0, 3), "000");
    EXPECT_EQ(status({"--cacert", authority.own().certificate, server.url() + "/v2/"}).substr(0, 3),
              "000");
    EXPECT_EQ(status({"--cacert", authority.own().certificate, "--cert", client.certificate,
                      "--key", client.key, "https://" + server.name() + "/v2/"}),
              "200");
}

TEST_P(Distribution, MayBeReadOnly) {
    const RegistryServer server({.kind = GetParam(), .is_read_only = true});
    EXPECT_EQ(status({"-X", "POST", server.url() + "/v2/a/blobs/uploads/"}), "405");
}

TEST_P(Distribution, KeepsABlobInAFile) {
    const RegistryServer server({.kind = GetParam()});
    const std::string digest =
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const std::string start =
        curl({"-D", "-", "-X", "POST", server.url() + "/v2/a/blobs/uploads/"});
    const std::size_t at = start.find("Location: ") + 10;
    const std::string location = start.substr(at, start.find('\r', at) - at);
    EXPECT_EQ(status({"-X", "PUT", "-H", "Content-Type: application/octet-stream",
                      location + "&digest=" + digest}),
              "201");
    std::error_code error;
    EXPECT_EQ(std::filesystem::file_size(server.blob_file(digest), error), 0u) << error.message();
}

TEST(RegistryServer, RefusesSettingsThatItsKindDoesNotHave) {
    if (const auto why = why_absent(RegistryKind::ggcr)) GTEST_SKIP() << *why;
    EXPECT_THROW(RegistryServer({.kind = RegistryKind::ggcr, .is_read_only = true}),
                 std::logic_error);
}

}  // namespace
}  // namespace lockstep::testing
