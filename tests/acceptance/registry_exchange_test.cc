// What other clients put into real registries is read byte for byte, and the reverse.
#include <gtest/gtest.h>

#include <fstream>
#include <tuple>

#include "acceptance/registry_client.h"
#include "images/copy.h"
#include "images/layout.h"
#include "support/image_push.h"
#include "support/image_tool.h"
#include "support/peer.h"
#include "support/registry_kinds.h"
#include "support/temp_dir.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::make_index;
using testing::pull_manifest;
using testing::RegistryKind;
using testing::RegistryServer;

constexpr const char* repository = "team/app";

MadeImage every_kind_of_entry() {
    const MadeImage amd64 = make_image({.labels = {{"a", "1"}}, .layers = {10, 100'000}});
    const MadeImage arm64 = make_image({.architecture = "arm64", .variant = "v8", .seed = 2});
    return make_index({amd64, arm64, make_attestation(amd64)});
}
MadeImage docker_list() {
    return make_index({make_image({.docker_types = true}),
                       make_image({.architecture = "arm64", .seed = 2, .docker_types = true})},
                      {.docker_types = true});
}

class RegistryExchange : public testing::OnRegistry {
  protected:
    void SetUp() override {
        OnRegistry::SetUp();
        if (IsSkipped()) return;
        server_.emplace(testing::RegistrySetup{.kind = GetParam()});
        client_.emplace(server_->address());
    }
    std::optional<RegistryServer> server_;
    std::optional<RegistryClient> client_;
};
INSTANTIATE_TEST_SUITE_P(On, RegistryExchange, testing::all_kinds(), testing::kind_name);

TEST_P(RegistryExchange, ReadsEveryKindOfManifestByTagAndDigest) {
    const MadeImage all[] = {every_kind_of_entry(), docker_list(), make_image(),
                             make_image({.docker_types = true})};
    for (const MadeImage& image : all) {
        push_image(server_->url(), repository, image, "v1");
        for (const std::string& name : {std::string("v1"), image.digest()}) {
            const auto descriptor = value_of(client_->resolve(repository, name));
            EXPECT_EQ(descriptor.digest.str(), image.digest());
            EXPECT_EQ(descriptor.media_type, image.media_type());
            EXPECT_EQ(descriptor.size, image.bytes().size());
            EXPECT_EQ(value_of(client_->read_manifest(repository, name)).bytes, image.bytes());
        }
    }
}

TEST_P(RegistryExchange, ReadsBlobsFromAnyByte) {
    const MadeImage image = make_image({.layers = {100'000}});
    push_image(server_->url(), repository, image, "v1");
    const testing::ImageBlob& layer = image.blobs.front();
    EXPECT_EQ(value_of(client_->read_blob(repository, descriptor_of(layer))), layer.bytes);
    const oci::Descriptor config[] = {descriptor_of(image.blobs.back())};
    EXPECT_EQ(value_of((*client_)->read_blobs(repository, config).at(0)), image.blobs.back().bytes);
    if (GetParam() == RegistryKind::ggcr) return;  // which has no ranges
    EXPECT_EQ(value_of(client_->read_blob(repository, descriptor_of(layer), 99'000)),
              layer.bytes.substr(99'000));
}

TEST_P(RegistryExchange, SaysNotFoundOnlyOfWhatIsCertainlyNotThere) {
    const MadeImage image = make_image();
    const std::string& digest = image.digest();
    EXPECT_EQ(outcome_of(client_->resolve(repository, "v1")), "not found");
    push_image(server_->url(), repository, image, "v1");
    EXPECT_EQ(outcome_of(client_->resolve(repository, "v2")), "not found");
    EXPECT_EQ(outcome_of(client_->read_manifest("team/other", digest)), "not found");
    EXPECT_EQ(outcome_of((*client_)->tags("team/other")), "not found");
    if (GetParam() != RegistryKind::ggcr) {  // whose blobs are in all repositories
        EXPECT_FALSE(value_of((*client_)->has_blob("team/other", descriptor_of(image.blobs[0]))));
    }
    EXPECT_TRUE(value_of((*client_)->has_blob(repository, descriptor_of(image.blobs[0]))));

    const std::string address = server_->address();
    server_.reset();
    EXPECT_EQ(outcome_of(client_->resolve(repository, "v2")), "unavailable");
    EXPECT_EQ(outcome_of((*client_)->tags("team/other")), "unavailable");
    EXPECT_EQ(outcome_of((*client_)->has_blob(repository, descriptor_of(image.blobs[0]))),
              "unavailable");
}

TEST_P(RegistryExchange, WritesWhatIsThereByteForByte) {
    for (const MadeImage& image : {every_kind_of_entry(), docker_list()}) {
        const std::string tag = image.digest().substr(7, 12);
        value_of(write_image(client_->registry(), repository, image, tag));
        EXPECT_EQ(pull_manifest(server_->url(), repository, tag), image.bytes());
    }
}

TEST_P(RegistryExchange, ReplacesNoTagUnlessTold) {
    using IfExists = images::Store::IfExists;
    const MadeImage one = make_image(), other = make_image({.seed = 2});
    value_of(write_image(client_->registry(), repository, one, "v1"));
    EXPECT_EQ(outcome_of(write_image(client_->registry(), repository, one, "v1")), "ok");
    EXPECT_EQ(outcome_of(write_image(client_->registry(), repository, other, "v1")), "conflict");
    EXPECT_EQ(pull_manifest(server_->url(), repository, "v1"), one.bytes());
    EXPECT_EQ(
        outcome_of(write_image(client_->registry(), repository, other, "v1", IfExists::replace)),
        "ok");
    EXPECT_EQ(pull_manifest(server_->url(), repository, "v1"), other.bytes());
}

TEST_P(RegistryExchange, MovesNoBlobTwice) {
    const MadeImage image = make_image({.layers = {10, 20, 30}});
    value_of(write_image(client_->registry(), repository, image, "v1"));
    const std::size_t before = server_->count("POST", "/blobs/uploads/");
    EXPECT_EQ(before, image.blobs.size());
    value_of(write_image(client_->registry(), repository, image, "v2"));
    EXPECT_EQ(server_->count("POST", "/blobs/uploads/"), before);
}

TEST_P(RegistryExchange, TakesABlobFromAnotherRepositoryWhereTheRegistryLets) {
    const MadeImage image = make_image({.layers = {1000}});
    push_image(server_->url(), repository, image, "v1");
    const oci::Descriptor layer = descriptor_of(image.blobs.front());
    const bool is_mounted = value_of((*client_)->mount_blob("team/copy", layer, repository));
    if (GetParam() == RegistryKind::ggcr) return;  // whose blobs are in all repositories
    EXPECT_TRUE(is_mounted);
    EXPECT_TRUE(value_of((*client_)->has_blob("team/copy", layer)));
    EXPECT_FALSE(value_of((*client_)->has_blob("team/third", layer)));
}

TEST_P(RegistryExchange, TakesNoBytesOfAnotherDigestOutOfALayout) {
    const MadeImage image = make_image({.layers = {300'000}});
    const testing::TempDir dir;
    const auto layout = value_of(images::Layout::open_or_make(dir / "layout"));
    value_of(write_image(*layout, "", image, "v1"));
    const std::string layer = image.blobs.front().digest;
    std::fstream(dir / ("layout/blobs/sha256/" + layer.substr(7)), std::ios::in | std::ios::out)
        .write("#", 1);
    const auto copied =
        images::copy(*layout, {"", "v1"}, client_->registry(), {repository, "v1"}, {});
    ASSERT_FALSE(copied.has_value());
    EXPECT_EQ(copied.error().kind, Error::Kind::corrupt);
    EXPECT_TRUE(copied.error().message.ends_with("has other content than its digest says"))
        << copied.error().message;
    EXPECT_FALSE(value_of((*client_)->has_blob(repository, descriptor_of(image.blobs.front()))));
    EXPECT_EQ(outcome_of(client_->resolve(repository, "v1")), "not found");
}

TEST_P(RegistryExchange, RemovesAManifestAndItsTag) {
    server_.emplace(
        testing::RegistrySetup{.kind = GetParam(), .can_delete = GetParam() != RegistryKind::ggcr});
    client_.emplace(server_->address());
    const MadeImage image = make_image();
    push_image(server_->url(), repository, image, "v1");
    value_of((*client_)->remove_manifest({repository, image.digest()}));
    EXPECT_EQ(outcome_of(client_->resolve(repository, image.digest())), "not found");
    // go-containerregistry's removes no more than it was told.
    if (GetParam() == RegistryKind::ggcr) {
        EXPECT_EQ(outcome_of(client_->resolve(repository, "v1")), "ok");
        value_of((*client_)->remove_manifest({repository, "v1"}));
    }
    EXPECT_EQ(outcome_of(client_->resolve(repository, "v1")), "not found");
    EXPECT_EQ(outcome_of((*client_)->remove_manifest({repository, image.digest()})), "ok");
}

using Case = std::tuple<RegistryKind, const char*>;

class RegistryAndTool : public ::testing::TestWithParam<Case> {
  protected:
    void SetUp() override {
        const auto [kind, tool] = GetParam();
        if (const auto why = testing::why_absent(kind)) GTEST_SKIP() << *why;
        if (!testing::find_peer(tool)) GTEST_SKIP() << testing::absent(tool);
    }
};
INSTANTIATE_TEST_SUITE_P(On, RegistryAndTool,
                         ::testing::Combine(::testing::ValuesIn(testing::registry_kinds),
                                            ::testing::ValuesIn(testing::image_tools)),
                         [](const ::testing::TestParamInfo<Case>& tested) {
                             return to_string(std::get<0>(tested.param)) + '_' +
                                    std::get<1>(tested.param);
                         });

TEST_P(RegistryAndTool, AgreeBothWays) {
    const RegistryServer server({.kind = std::get<0>(GetParam())});
    const testing::ImageTool tool(std::get<1>(GetParam()), server.address());
    RegistryClient client(server.address());

    const MadeImage theirs = every_kind_of_entry();
    tool.push(theirs, "team/theirs:v1");
    EXPECT_EQ(value_of(client.resolve("team/theirs", "v1")).digest.str(), theirs.digest());
    EXPECT_EQ(value_of(client.read_manifest("team/theirs", "v1")).bytes, theirs.bytes());

    for (const MadeImage& ours : {theirs, docker_list()}) {
        const std::string tag = ours.digest().substr(7, 12);
        value_of(write_image(client.registry(), "team/ours", ours, tag));
        EXPECT_EQ(tool.digest("team/ours:" + tag), ours.digest());
        EXPECT_EQ(tool.pull_and_compare(ours, "team/ours:" + tag), "");
    }
}

}  // namespace
}  // namespace lockstep
