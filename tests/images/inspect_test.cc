#include "images/inspect.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "images/faulty_store.h"
#include "images/layout.h"
#include "images/sample_image.h"
#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

class Inspect : public ::testing::Test {
  protected:
    Result<Inspected> one(const std::string& name) {
        const std::array names = {ManifestName{"", name}};
        return std::move(inspect(store_, names).front());
    }

    testing::TempDir dir_;
    std::unique_ptr<Layout> layout_ = std::move(Layout::open_or_make(dir_ / "l").value());
    FaultyStore store_{*layout_};
};

TEST_F(Inspect, AnIndex) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    const Result<Inspected> found = one("1");
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    EXPECT_EQ(found->descriptor, image.root().descriptor);
    EXPECT_TRUE(found->is_index);
    EXPECT_EQ(found->annotations, (oci::Annotations{{"a", "b"}}));
    EXPECT_EQ(found->artifact_type, "");
    ASSERT_EQ(found->platforms.size(), 2u);
    const PlatformImage& arm = found->platforms[1];
    EXPECT_EQ(to_string(found->platforms[0].platform), "linux/amd64");
    EXPECT_EQ(to_string(arm.platform), "linux/arm64");
    EXPECT_EQ(arm.manifest, image.manifests[1].descriptor);
    EXPECT_EQ(arm.config.platform.architecture, "arm64");
    EXPECT_EQ(arm.config.created, "2024-01-02T03:04:05Z");
    EXPECT_EQ(arm.config.labels, (oci::Annotations{{"org.opencontainers.image.version", "1.2.3"}}));
}

TEST_F(Inspect, AManifestAlone) {
    SampleImage image;
    add_platform(image, "amd64", "layer", R"(,"annotations":{"a":"b"})");
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    const Result<Inspected> found = one(image.digest().str());
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    EXPECT_FALSE(found->is_index);
    EXPECT_EQ(found->annotations, (oci::Annotations{{"a", "b"}}));
    ASSERT_EQ(found->platforms.size(), 1u);
    EXPECT_EQ(to_string(found->platforms[0].platform), "linux/amd64");
    EXPECT_EQ(found->platforms[0].annotations, found->annotations);
}

TEST_F(Inspect, AnArtifact) {
    const SampleImage image = single_image();
    const SampleImage artifact = referrer_image(image.root().descriptor, "text");
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    ASSERT_EQ(failure_of(put(*layout_, "", artifact, "a")), "success");
    const Result<Inspected> found = one("a");
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    EXPECT_TRUE(found->platforms.empty());
    EXPECT_EQ(found->artifact_type, "text/spdx");
    EXPECT_EQ(store_.count("small blob"), 0u);
}

// As BuildKit adds them: an attestation is no platform, and is not even read.
TEST_F(Inspect, PassesOverAttestations) {
    SampleImage image = single_image();
    const oci::Descriptor platform = image.root().descriptor;
    const oci::Descriptor attestation = add_platform(image, "unknown", "attestation");
    image.add_manifest(
        oci::media_type::oci_index,
        R"({"schemaVersion":2,"manifests":[)" +
            descriptor_text(platform, R"(,"platform":{"os":"linux","architecture":"amd64"})") +
            ',' +
            descriptor_text(attestation,
                            R"(,"platform":{"os":"unknown","architecture":"unknown"})") +
            "]}");
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    const Result<Inspected> found = one("1");
    ASSERT_TRUE(found.has_value()) << failure_of(found);
    ASSERT_EQ(found->platforms.size(), 1u);
    EXPECT_EQ(found->platforms[0].manifest, platform);
    EXPECT_EQ(store_.count("manifest " + attestation.digest.str()), 0u);
}

// Two thousand tags of three images cost three levels of what differs.
TEST_F(Inspect, ReadsManyImagesLevelByLevel) {
    const SampleImage first = index_image("first"), second = index_image("second");
    ASSERT_EQ(failure_of(put(*layout_, "", first, "1")), "success");
    ASSERT_EQ(failure_of(put(*layout_, "", first, "1-again")), "success");
    ASSERT_EQ(failure_of(put(*layout_, "", second, "2")), "success");
    const std::array names = {ManifestName{"", "1"}, ManifestName{"", "none"},
                              ManifestName{"", "1-again"}, ManifestName{"", "2"},
                              ManifestName{"", "1"}};
    const std::vector<Result<Inspected>> found = inspect(store_, names);
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(failure_of(found[1]).substr(0, 10), "not found:");
    EXPECT_EQ(*found[0], *found[2]);
    EXPECT_EQ(*found[0], *found[4]);
    EXPECT_EQ(found[3]->descriptor.digest, second.digest());
    EXPECT_EQ(store_.count("read_manifests"), 2u);
    EXPECT_EQ(store_.count("manifest "), 4u + 4u);
    EXPECT_EQ(store_.count("read_blobs"), 1u);
    // The configs of both indexes name different layers.
    EXPECT_EQ(store_.count("small blob"), 4u);
}

TEST_F(Inspect, APartThatIsMissingIsNotAnImageThatIs) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    const std::string hex(image.manifests[1].descriptor.digest.hex());
    std::filesystem::remove(dir_ / ("l/blobs/sha256/" + hex));
    EXPECT_EQ(failure_of(one("1")), "corrupt: manifest sha256:" + hex +
                                        " of linux/arm64: `sha256:" + hex +
                                        "` is not in the image layout `" + dir_ / "l" + '`');
}

TEST_F(Inspect, AnIndexThatIsWrongAboutItsManifests) {
    SampleImage image = single_image();
    oci::Descriptor wrong = image.root().descriptor;
    wrong.media_type = oci::media_type::docker_manifest;
    image.add_manifest(oci::media_type::oci_index,
                       R"({"schemaVersion":2,"manifests":[)" + descriptor_text(wrong) + "]}");
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    EXPECT_EQ(failure_of(one("1")),
              "invalid: manifest " + wrong.digest.str() +
                  ": it is `application/vnd.oci.image.manifest.v1+json`, its index says "
                  "`application/vnd.docker.distribution.manifest.v2+json`");
}

TEST_F(Inspect, NestedIndexesHaveALimit) {
    SampleImage image = index_image();
    const auto nest = [&] {
        const oci::Descriptor below = image.root().descriptor;
        image.add_manifest(oci::media_type::oci_index,
                           R"({"schemaVersion":2,"manifests":[)" + descriptor_text(below) + "]}");
    };
    for (int depth = 0; depth < 3; ++depth) nest();
    ASSERT_EQ(failure_of(put(*layout_, "", image, "1")), "success");
    EXPECT_EQ(one("1")->platforms.size(), 2u);
    nest();
    ASSERT_EQ(failure_of(put(*layout_, "", image, "2")), "success");
    EXPECT_TRUE(failure_of(one("2")).ends_with("indexes within indexes, more than 4 deep"));
}

}  // namespace
}  // namespace lockstep::images
