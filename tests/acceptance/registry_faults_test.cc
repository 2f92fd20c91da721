// What lies on a registry's disk is not what its name says, and connections break.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "acceptance/registry_client.h"
#include "support/cutting_proxy.h"
#include "support/image_push.h"
#include "support/registry_kinds.h"

namespace lockstep {
namespace {

using testing::MadeImage;
using testing::make_image;
using testing::RegistryServer;

constexpr const char* repository = "team/app";

class RegistryFaults : public testing::OnRegistry {
  protected:
    void SetUp() override {
        OnRegistry::SetUp();
        if (IsSkipped()) return;
        server_.emplace(testing::RegistrySetup{.kind = GetParam()});
    }
    std::optional<RegistryServer> server_;
};
INSTANTIATE_TEST_SUITE_P(On, RegistryFaults, testing::distribution_kinds(), testing::kind_name);

/// Another byte in the middle; the length stays.
void spoil(const std::string& file) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    ASSERT_TRUE(stream) << file;
    stream.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file) / 2));
    stream.put('\0');
}

TEST_P(RegistryFaults, ASpoiltBlobIsCorrupt) {
    const MadeImage image = make_image({.layers = {100'000}});
    push_image(server_->url(), repository, image, "v1");
    for (const testing::ImageBlob& blob : image.blobs) spoil(server_->blob_file(blob.digest));
    RegistryClient client(server_->address());
    EXPECT_EQ(outcome_of(client.read_blob(repository, descriptor_of(image.blobs[0]))), "corrupt");
    const oci::Descriptor config[] = {descriptor_of(image.blobs.back())};
    EXPECT_EQ(outcome_of(client->read_blobs(repository, config).at(0)), "corrupt");
}

TEST_P(RegistryFaults, ASpoiltManifestIsNotGivenOut) {
    const MadeImage image = make_image();
    push_image(server_->url(), repository, image, "v1");
    spoil(server_->blob_file(image.digest()));
    RegistryClient client(server_->address());
    EXPECT_NE(outcome_of(client.read_manifest(repository, "v1")), "ok");
    EXPECT_NE(outcome_of(client.read_manifest(repository, image.digest())), "ok");
}

TEST_P(RegistryFaults, ABlobOfAnotherDigestIsNotKept) {
    const MadeImage image = make_image({.layers = {1000}});
    const std::string other = testing::random_bytes(1000, 99);
    RegistryClient client(server_->address());
    TextSource source(other);
    EXPECT_NE(outcome_of(client->write_blob(repository, descriptor_of(image.blobs[0]), source)),
              "ok");
    EXPECT_FALSE(value_of(client->has_blob(repository, descriptor_of(image.blobs[0]))));
}

TEST_P(RegistryFaults, AnUploadGoesOnWhereItWasCut) {
    const std::string bytes = testing::random_bytes(50 << 20, 1);
    const testing::ImageBlob blob = {.media_type = "application/vnd.oci.image.layer.v1.tar",
                                     .digest = testing::sha256_of(bytes),
                                     .bytes = bytes};
    testing::CuttingProxy proxy(server_->address(), {.cut_upwards_after = {20 << 20}});
    images::RegistryOptions options = RegistryClient::plain();
    options.whole_bytes_max = 8 << 20;
    RegistryClient client(proxy.address(), options);
    TextSource source(blob.bytes);
    value_of(client->write_blob(repository, descriptor_of(blob), source));
    EXPECT_EQ(proxy.cuts(), 1u);
    EXPECT_EQ(testing::sha256_of(value_of(client.read_blob(repository, descriptor_of(blob)))),
              blob.digest);
    // docker-registry 2.8 forgets the upload, which begins again; distribution 3 goes on.
    const bool goes_on = GetParam() == testing::RegistryKind::distribution;
    EXPECT_LT(proxy.bytes_upwards(), bytes.size() * (goes_on ? 5 : 6) / 4);
}

TEST_P(RegistryFaults, WhatWasCutOnItsWayHereIsNotTakenForTheWhole) {
    const MadeImage image = make_image({.layers = {4 << 20}});
    push_image(server_->url(), repository, image, "v1");
    testing::CuttingProxy proxy(server_->address(),
                                {.cut_downwards_after = {1 << 20, 1 << 20, 1 << 20}});
    RegistryClient client(proxy.address());
    const auto blob = client.read_blob(repository, descriptor_of(image.blobs[0]));
    EXPECT_EQ(outcome_of(blob), "unavailable");
    EXPECT_GE(proxy.cuts(), 1u);
}

}  // namespace
}  // namespace lockstep
