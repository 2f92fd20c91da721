// Who may do what at real registries: passwords, tokens that expire, scopes that do not suffice.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <thread>

#include "acceptance/registry_client.h"
#include "support/image_push.h"
#include "support/peer.h"
#include "support/registry_kinds.h"
#include "support/temp_dir.h"
#include "support/token_server.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::RegistryServer;
using testing::TokenServer;

constexpr const char* repository = "team/app";

class RegistryAccess : public testing::OnRegistry {
  protected:
    /// Credentials out of a docker config.json with this entry for `host`.
    images::Credentials credentials(const std::string& host, const std::string& entry) const {
        home_.write("config.json", "{\"auths\":{\"" + host + "\":{" + entry + "}}}");
        ::setenv("DOCKER_CONFIG", home_.path().c_str(), 1);
        ::unsetenv("REGISTRY_AUTH_FILE");
        ::unsetenv("XDG_RUNTIME_DIR");
        return value_of(images::Credentials::from_environment());
    }
    static std::string password(const std::string& user_and_password) {
        return "\"auth\":\"" + testing::run_tool({"base64", "-w0"}, user_and_password) + '"';
    }
    RegistryClient client_of(const RegistryServer& server, const std::string& entry) const {
        return RegistryClient(server.name(), RegistryClient::plain(),
                              credentials(server.name(), entry));
    }
    static RegistryServer with_tokens(const TokenServer& tokens) {
        return RegistryServer({.kind = GetParam(), .token = tokens.realm()});
    }

    testing::TempDir home_;
    const MadeImage image_ = make_image();
};
INSTANTIATE_TEST_SUITE_P(On, RegistryAccess, testing::distribution_kinds(), testing::kind_name);

TEST_P(RegistryAccess, ByPassword) {
    const RegistryServer server({.kind = GetParam(), .users = {{"alice", "s3cret"}}});
    RegistryClient alice = client_of(server, password("alice:s3cret"));
    value_of(write_image(alice.registry(), repository, image_, "v1"));
    EXPECT_EQ(value_of(alice.resolve(repository, "v1")).digest.str(), image_.digest());

    RegistryClient mistaken = client_of(server, password("alice:0ther"));
    const auto refused = mistaken.resolve(repository, "v1");
    EXPECT_EQ(outcome_of(refused), "denied");
    EXPECT_FALSE(refused.error().message.contains("0ther"));
    RegistryClient nobody(server.name());
    EXPECT_EQ(outcome_of(nobody.resolve(repository, "v1")), "denied");
    EXPECT_EQ(outcome_of(nobody.resolve(repository, "v2")), "denied");
    EXPECT_EQ(outcome_of(nobody->tags(repository)), "denied");
}

TEST_P(RegistryAccess, ByTokenAsMuchAsIsGranted) {
    const TokenServer tokens;
    const RegistryServer server = with_tokens(tokens);
    RegistryClient alice = client_of(server, password("alice:secret"));
    value_of(write_image(alice.registry(), repository, image_, "v1"));

    RegistryClient nobody(server.name());
    EXPECT_EQ(value_of(nobody.resolve(repository, "v1")).digest.str(), image_.digest());
    EXPECT_EQ(outcome_of(write_image(nobody.registry(), repository, image_, "v2")), "denied");
    EXPECT_EQ(outcome_of(nobody.resolve(repository, "v2")), "not found");

    RegistryClient mistaken = client_of(server, password("alice:0ther"));
    EXPECT_EQ(outcome_of(mistaken.resolve(repository, "v1")), "denied");
}

TEST_P(RegistryAccess, NothingIsFoundAbsentWhereNobodyMayLook) {
    const TokenServer tokens({.grants = {{"alice", repository, {"pull"}}}});
    const RegistryServer server = with_tokens(tokens);
    RegistryClient alice = client_of(server, password("alice:secret"));
    EXPECT_EQ(outcome_of(alice.resolve(repository, "v1")), "not found");
    EXPECT_EQ(outcome_of(alice.resolve("team/secret", "v1")), "denied");
    EXPECT_EQ(outcome_of(alice->has_blob("team/secret", descriptor_of(image_.blobs[0]))), "denied");
    EXPECT_EQ(outcome_of(write_image(alice.registry(), repository, image_, "v1")), "denied");
}

TEST_P(RegistryAccess, OneTokenServesManyRequests) {
    const TokenServer tokens;
    const RegistryServer server = with_tokens(tokens);
    RegistryClient alice = client_of(server, password("alice:secret"));
    value_of(write_image(alice.registry(), repository, image_, "v1"));
    const std::size_t before = tokens.requests().size();
    const std::vector<images::ManifestName> names(50, {repository, "v1"});
    for (const auto& descriptor : alice->resolve(names)) EXPECT_EQ(outcome_of(descriptor), "ok");
    EXPECT_LE(tokens.requests().size(), before + 1);
}

TEST_P(RegistryAccess, AnExpiredTokenIsReplaced) {
    for (const int told : {0, 300}) {  // the truth, and a lie
        const TokenServer tokens(
            {.lifetime = std::chrono::seconds(2), .told_lifetime = std::chrono::seconds(told)});
        const RegistryServer server = with_tokens(tokens);
        RegistryClient alice = client_of(server, password("alice:secret"));
        value_of(write_image(alice.registry(), repository, image_, "v1"));
        EXPECT_EQ(outcome_of(alice.resolve(repository, "v1")), "ok");
        const std::size_t before = tokens.requests().size();
        std::this_thread::sleep_for(std::chrono::milliseconds(3200));
        EXPECT_EQ(outcome_of(alice.resolve(repository, "v1")), "ok") << told;
        EXPECT_EQ(tokens.requests().size(), before + 1) << told;
    }
}

TEST_P(RegistryAccess, ByIdentityToken) {
    const TokenServer tokens({.users = {{"alice", "secret", "long-lived"}}});
    const RegistryServer server = with_tokens(tokens);
    RegistryClient alice = client_of(server, R"("auth":"","identitytoken":"long-lived")");
    value_of(write_image(alice.registry(), repository, image_, "v1"));
    ASSERT_FALSE(tokens.requests().empty());
    EXPECT_EQ(tokens.requests().front().method, "POST");
    EXPECT_EQ(tokens.requests().front().user, "alice");
}

}  // namespace
}  // namespace lockstep
