// What says that it is about an image: by the API where a registry has one, else by the tag that
// the others agree on.
#include <gtest/gtest.h>

#include <algorithm>

#include "acceptance/registry_client.h"
#include "support/image_push.h"
#include "support/peer.h"
#include "support/registry_kinds.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::make_referrer;
using testing::RegistryKind;
using testing::RegistryServer;

constexpr const char* repository = "team/app";
constexpr const char* sbom_type = "application/vnd.example.sbom";

std::vector<std::string> digests(const std::vector<oci::Descriptor>& descriptors) {
    std::vector<std::string> found;
    for (const oci::Descriptor& descriptor : descriptors) found.push_back(descriptor.digest.str());
    std::ranges::sort(found);
    return found;
}
std::vector<std::string> digests(const MadeImage& one, const MadeImage& other) {
    std::vector<std::string> both = {one.digest(), other.digest()};
    std::ranges::sort(both);
    return both;
}

class RegistryReferrers : public testing::OnRegistry {
  protected:
    void SetUp() override {
        OnRegistry::SetUp();
        if (IsSkipped()) return;
        server_.emplace(testing::RegistrySetup{.kind = GetParam()});
        client_.emplace(server_->address());
        push_image(server_->url(), repository, image_, "v1");
    }
    std::vector<std::string> listed() {
        return digests(value_of(
            (*client_)->referrers(repository, value_of(oci::Digest::parse(image_.digest())))));
    }

    std::optional<RegistryServer> server_;
    std::optional<RegistryClient> client_;
    const MadeImage image_ = make_image();
    const MadeImage one_ = make_referrer(image_, sbom_type, "{\"a\":1}");
    const MadeImage other_ = make_referrer(image_, sbom_type, "{\"b\":1}");
};
INSTANTIATE_TEST_SUITE_P(On, RegistryReferrers, testing::all_kinds(), testing::kind_name);

TEST_P(RegistryReferrers, AreNoneAtFirst) {
    EXPECT_EQ(listed(), std::vector<std::string>{});
}

TEST_P(RegistryReferrers, AreThoseThatWereWritten) {
    value_of(write_image(client_->registry(), repository, one_, ""));
    EXPECT_EQ(listed(), std::vector<std::string>{one_.digest()});
    value_of(write_image(client_->registry(), repository, other_, ""));
    value_of(write_image(client_->registry(), repository, other_, ""));
    EXPECT_EQ(listed(), digests(one_, other_));
}

TEST_P(RegistryReferrers, AreFoundByOthers) {
    value_of(write_image(client_->registry(), repository, one_, ""));
    value_of(write_image(client_->registry(), repository, other_, ""));
    const std::string reference = server_->address() + '/' + repository + ":v1";
    const testing::TempDir home;
    bool is_compared = false;
    if (testing::find_peer("oras")) {
        const auto said =
            testing::run_peer({"oras", "discover", "--plain-http", "--format", "json", reference},
                              home.path().string());
        EXPECT_TRUE(said.out.contains(one_.digest())) << said.err << said.out;
        EXPECT_TRUE(said.out.contains(other_.digest())) << said.err << said.out;
        is_compared = true;
    }
    if (testing::find_peer("regctl")) {
        const auto said =
            testing::run_peer({"regctl", "--host", "reg=" + server_->address() + ",tls=disabled",
                               "artifact", "list", "--format", "body", reference},
                              home.path().string());
        EXPECT_TRUE(said.out.contains(one_.digest())) << said.err << said.out;
        EXPECT_TRUE(said.out.contains(sbom_type)) << said.err << said.out;
        is_compared = true;
    }
    if (!is_compared) GTEST_SKIP() << testing::absent("oras");
}

TEST_P(RegistryReferrers, OfOthersAreFound) {
    if (!testing::find_peer("oras")) GTEST_SKIP() << testing::absent("oras");
    const testing::TempDir home;
    home.write("sbom.json", "{}");
    for (const char* type : {"application/vnd.example.one", "application/vnd.example.other"}) {
        const auto said = testing::run_peer(
            {"oras", "attach", "--plain-http", "--disable-path-validation", "--artifact-type", type,
             server_->address() + '/' + repository + ":v1", home / "sbom.json"},
            home.path().string());
        ASSERT_TRUE(said.exit.ok()) << said.err;
    }
    const auto found =
        value_of((*client_)->referrers(repository, value_of(oci::Digest::parse(image_.digest()))));
    ASSERT_EQ(found.size(), 2u);
    // ggcr calls an artifact by the type of its config.
    if (GetParam() == RegistryKind::ggcr) return;
    EXPECT_NE(found[0].artifact_type, found[1].artifact_type);
    EXPECT_TRUE(found[0].artifact_type.starts_with("application/vnd.example."));
}

}  // namespace
}  // namespace lockstep
