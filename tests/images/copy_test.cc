#include "images/copy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "images/faulty_store.h"
#include "images/layout.h"
#include "images/sample_image.h"
#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

using testing::TempDir;

std::unique_ptr<Layout> made(const std::string& directory) {
    return std::move(Layout::open_or_make(directory).value());
}

/// Bytes of which no two parts are the same.
std::string much(std::size_t bytes) {
    std::string text;
    text.reserve(bytes + 20);
    while (text.size() < bytes) text += std::to_string(text.size()) + ' ';
    text.resize(bytes);
    return text;
}

/// Two layouts; whether all of an image is in the second one.
class Copy : public ::testing::Test {
  protected:
    Result<Copied> run(Store& from, Store& to, const CopyOptions& options = {}) {
        return copy(from, {"", "1"}, to, {"", "1"}, options);
    }
    static bool holds(Store& store, const SampleImage& image, const std::string& tag = "1") {
        for (const auto& [digest, bytes] : image.blobs) {
            TextSink sink;
            const oci::Descriptor blob{
                .media_type = "", .digest = *oci::Digest::parse(digest), .size = bytes.size()};
            if (!store.read_blob("", blob, 0, sink).has_value() || sink.text != bytes) return false;
        }
        std::vector<ManifestName> names = {{"", tag}};
        for (const RawManifest& manifest : image.manifests)
            names.push_back({"", manifest.descriptor.digest.str()});
        const std::vector<Result<RawManifest>> found = store.read_manifests(names);
        if (!found[0].has_value() || found[0]->descriptor.digest != image.digest()) return false;
        for (std::size_t at = 1; at < found.size(); ++at)
            if (!found[at].has_value() || found[at]->bytes != image.manifests[at - 1].bytes)
                return false;
        return true;
    }

    TempDir dir_;
    std::unique_ptr<Layout> from_ = made(dir_ / "from"), to_ = made(dir_ / "to");
    FaultyStore source_{*from_}, target_{*to_};
};

TEST_F(Copy, OfAnIndexBringsAllOfIt) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const Result<Copied> copied = run(source_, target_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_TRUE(holds(*to_, image));
    EXPECT_EQ(copied->descriptor, image.root().descriptor);
    EXPECT_EQ(copied->blobs_moved, 4u);
    EXPECT_EQ(copied->blobs_present, 0u);
    EXPECT_EQ(copied->manifests, 3u);
    std::size_t bytes = 0;
    for (const auto& [digest, blob] : image.blobs) bytes += blob.size();
    EXPECT_EQ(copied->bytes_moved, bytes);
    // Blobs, then manifests of platforms, the name last.
    std::vector<std::string> writes;
    for (const std::string& call : target_.calls())
        if (call.starts_with("write_")) writes.push_back(call);
    ASSERT_EQ(writes.size(), 7u);
    for (std::size_t at = 0; at < 4; ++at) EXPECT_TRUE(writes[at].starts_with("write_blob"));
    EXPECT_EQ(writes[4], "write_manifest " + image.manifests[0].descriptor.digest.str());
    EXPECT_EQ(writes[5], "write_manifest " + image.manifests[1].descriptor.digest.str());
    EXPECT_EQ(writes[6], "write_manifest 1");
}

TEST_F(Copy, AgainMovesNothing) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    ASSERT_TRUE(run(*from_, *to_).has_value());
    Result<Copied> again = run(source_, target_);
    ASSERT_TRUE(again.has_value()) << failure_of(again);
    EXPECT_EQ(again->bytes_moved, 0u);
    EXPECT_EQ(again->manifests, 0u);
    EXPECT_EQ(target_.count("write_"), 0u);
    EXPECT_EQ(source_.count("read_blob"), 0u);
    // Under another name only the name is new.
    again = copy(source_, {"", "1"}, target_, {"", "2"});
    ASSERT_TRUE(again.has_value()) << failure_of(again);
    EXPECT_EQ(again->blobs_present, 4u);
    EXPECT_EQ(again->manifests, 1u);
    EXPECT_EQ(source_.count("read_blob"), 0u);
}

TEST_F(Copy, OnlyWhatIsMissing) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    SampleImage part;
    add_platform(part, "amd64", "layeramd64");
    ASSERT_EQ(failure_of(put(*to_, "", part, "part")), "success");
    const Result<Copied> copied = run(source_, target_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_EQ(copied->blobs_moved, 2u);
    EXPECT_EQ(copied->blobs_present, 2u);
    EXPECT_EQ(copied->manifests, 2u);
    EXPECT_TRUE(holds(*to_, image));
}

TEST_F(Copy, AnotherImageUnderTheNameIsAConflict) {
    const SampleImage image = index_image(), other = single_image("other");
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    ASSERT_EQ(failure_of(put(*to_, "", other, "1")), "success");
    const Result<Copied> refused = run(source_, target_);
    EXPECT_EQ(failure_of(refused), "conflict: `oci:" + dir_ / "to" + ":1` is " +
                                       other.digest().str() + ", not " + image.digest().str());
    EXPECT_EQ(target_.count("write_"), 0u);
    EXPECT_EQ(source_.count("read_blob"), 0u);
    const Result<Copied> replaced = run(source_, target_, {.if_exists = Store::IfExists::replace});
    ASSERT_TRUE(replaced.has_value()) << failure_of(replaced);
    EXPECT_TRUE(holds(*to_, image));
}

TEST_F(Copy, ByDigest) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const std::string digest = image.digest().str();
    ASSERT_TRUE(copy(*from_, {"", digest}, *to_, {"", digest}).has_value());
    EXPECT_TRUE(holds(*to_, image, digest));
    EXPECT_TRUE(to_->tags("")->empty());
    EXPECT_EQ(failure_of(copy(*from_, {"", "1"}, *to_, {"", "sha256:" + std::string(64, 'a')}))
                  .substr(0, 6),
              "usage:");
    EXPECT_EQ(failure_of(copy(*from_, {"", "none"}, *to_, {"", "2"})).substr(0, 10), "not found:");
}

// A manifest that stands both in the index and in an index within it: what is named comes first.
TEST_F(Copy, OfNestedIndexes) {
    SampleImage image = index_image();
    const oci::Descriptor inner = image.root().descriptor;
    const oci::Descriptor also = image.manifests[1].descriptor;
    const oci::Descriptor middle =
        image.add_manifest(oci::media_type::oci_index,
                           R"({"schemaVersion":2,"manifests":[)" + descriptor_text(inner) + "]}");
    image.add_manifest(oci::media_type::oci_index,
                       R"({"schemaVersion":2,"manifests":[)" + descriptor_text(middle) + ',' +
                           descriptor_text(also) + ',' + descriptor_text(inner) + "]}");
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const Result<Copied> copied = run(*from_, *to_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_EQ(copied->manifests, 5u);
    EXPECT_TRUE(holds(*to_, image));
}

TEST_F(Copy, OfIndexesTooDeep) {
    SampleImage image = single_image();
    for (int depth = 0; depth < 5; ++depth) {
        const oci::Descriptor below = image.root().descriptor;
        image.add_manifest(oci::media_type::oci_index,
                           R"({"schemaVersion":2,"manifests":[)" + descriptor_text(below) + "]}");
    }
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    EXPECT_EQ(failure_of(run(*from_, target_)),
              "invalid: indexes within indexes, more than 4 deep");
    EXPECT_EQ(target_.count("write_"), 0u);
}

TEST_F(Copy, WithWhatRefersToIt) {
    const SampleImage image = index_image();
    const SampleImage about_index = referrer_image(image.root().descriptor, "about the index");
    const SampleImage about_part =
        referrer_image(image.manifests[0].descriptor, "about the first platform");
    const SampleImage signature = referrer_image(about_index.root().descriptor, "signature");
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    for (const SampleImage* one : {&about_index, &about_part, &signature})
        ASSERT_EQ(failure_of(put(*from_, "", *one, "")), "success");
    Result<Copied> copied = run(*from_, *to_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_TRUE(to_->referrers("", image.digest())->empty());
    // The name is there already; the referrers are not.
    copied = run(*from_, target_, {.referrers = true});
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_EQ(copied->referrers, 3u);
    EXPECT_EQ(target_.count("write_manifest 1"), 0u);
    EXPECT_EQ(*to_->referrers("", image.digest()), *from_->referrers("", image.digest()));
    EXPECT_EQ(to_->referrers("", image.manifests[0].descriptor.digest)->size(), 1u);
    EXPECT_EQ(to_->referrers("", about_index.digest())->size(), 1u);
    // Into an empty one, the name comes last.
    const std::unique_ptr<Layout> fresh = made(dir_ / "fresh");
    FaultyStore recorded(*fresh);
    copied = run(*from_, recorded, {.referrers = true});
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_EQ(copied->referrers, 3u);
    EXPECT_EQ(recorded.calls().back(), "write_manifest 1");
    EXPECT_EQ(fresh->referrers("", image.digest())->size(), 1u);
    EXPECT_EQ(fresh->tags("")->size(), 1u);
}

TEST_F(Copy, LeavesLayersThatMayNotBeDistributed) {
    SampleImage image;
    const oci::Descriptor config =
        image.add_blob(std::string(oci::media_type::docker_config), "{}");
    const oci::Descriptor foreign{
        .media_type = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        .digest = oci::Digest::of("not here"),
        .size = 8};
    image.add_manifest(
        oci::media_type::docker_manifest,
        R"({"schemaVersion":2,"mediaType":")" + std::string(oci::media_type::docker_manifest) +
            R"(","config":)" + descriptor_text(config) + R"(,"layers":[)" +
            descriptor_text(foreign, R"(,"urls":["https://example.com/layer"])") + "]}");
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const Result<Copied> copied = run(*from_, *to_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    ASSERT_EQ(copied->skipped.size(), 1u);
    EXPECT_EQ(copied->skipped[0].blob.digest, foreign.digest);
    EXPECT_EQ(copied->skipped[0].reason, "its media type says that it may not be distributed");
    EXPECT_TRUE(holds(*to_, image));
}

TEST_F(Copy, WithinOneStoreMounts) {
    const SampleImage image = single_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    source_.own_title = target_.own_title = "registry.example.com";
    target_.mounts_from = from_.get();
    const Result<Copied> mounted = copy(source_, {"a", "1"}, target_, {"b", "1"});
    ASSERT_TRUE(mounted.has_value()) << failure_of(mounted);
    EXPECT_EQ(mounted->blobs_mounted, 2u);
    EXPECT_EQ(mounted->blobs_moved, 0u);
    EXPECT_EQ(mounted->bytes_moved, 0u);
    EXPECT_TRUE(holds(*to_, image));
    EXPECT_EQ(source_.count("read_blob"), 0u);
}

TEST_F(Copy, WithinOneStoreThatDoesNotMountMoves) {
    const SampleImage image = single_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    source_.own_title = target_.own_title = "registry.example.com";
    const Result<Copied> moved = copy(source_, {"a", "1"}, target_, {"b", "1"});
    ASSERT_TRUE(moved.has_value()) << failure_of(moved);
    EXPECT_EQ(target_.count("mount_blob"), 2u);
    EXPECT_EQ(moved->blobs_mounted, 0u);
    EXPECT_EQ(moved->blobs_moved, 2u);
}

TEST_F(Copy, AReadThatBreaksGoesOnWhereItStopped) {
    const SampleImage image = single_image(much(5000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    source_.break_reads_after = 2000;
    const Result<Copied> copied = run(source_, *to_);
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_TRUE(holds(*to_, image));
    const std::string layer = "read_blob " + oci::Digest::of(much(5000)).str();
    EXPECT_EQ(source_.count(layer), 3u);  // the last breaks behind its last byte
    EXPECT_EQ(source_.count(layer + " from 2000"), 1u);
    EXPECT_EQ(source_.count(layer + " from 4000"), 1u);
}

TEST_F(Copy, AWriteThatBreaksBeginsAgain) {
    const SampleImage image = single_image(much(5'000'000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    target_.failing_writes = 2;
    const Result<Copied> copied = run(*from_, target_, {.jobs = 1});
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    EXPECT_TRUE(holds(*to_, image));
    EXPECT_EQ(target_.count("write_blob"), 4u);
}

TEST_F(Copy, WhatEndsItLeavesNothingUnderTheName) {
    const SampleImage image = single_image(much(5'000'000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    source_.break_reads_after = 100;
    source_.kind = Error::Kind::denied;
    EXPECT_EQ(failure_of(run(source_, *to_)).substr(0, 20), "denied: blob sha256:");
    source_.break_reads_after = 0;
    target_.failing_writes = 100;
    target_.kind = Error::Kind::denied;
    EXPECT_EQ(failure_of(run(source_, target_)).substr(0, 20), "denied: blob sha256:");
    EXPECT_TRUE(to_->tags("")->empty());
    target_.failing_writes = 0;
    ASSERT_TRUE(run(source_, target_).has_value());
    EXPECT_TRUE(holds(*to_, image));
}

TEST_F(Copy, ChangedBytesNeverArrive) {
    const SampleImage image = single_image(much(3'000'000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    source_.changes_bytes = true;
    EXPECT_EQ(failure_of(run(source_, *to_)).substr(0, 8), "corrupt:");
    EXPECT_TRUE(to_->tags("")->empty());
    for (const auto& [digest, bytes] : image.blobs)
        EXPECT_FALSE(*to_->has_blob(
            "", {.media_type = "", .digest = *oci::Digest::parse(digest), .size = bytes.size()}));
}

TEST_F(Copy, BytesThatChangedInTheLayoutAreToldFromThoseThatChangedOnTheWay) {
    const SampleImage image = single_image(much(3'000'000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const auto is_layer = [](const auto& blob) { return blob.second.size() == 3'000'000; };
    const std::string layer = std::ranges::find_if(image.blobs, is_layer)->first;
    const std::string file = dir_ / ("from/blobs/sha256/" + layer.substr(7));
    std::fstream(file, std::ios::in | std::ios::out).write("#", 1);
    EXPECT_EQ(failure_of(run(*from_, target_)), "corrupt: blob " + layer + ": blob `" + layer +
                                                    "` of `" + (dir_ / "from") +
                                                    "` has other content than its digest says");
    EXPECT_TRUE(to_->tags("")->empty());
    std::filesystem::resize_file(file, 1000);
    EXPECT_EQ(failure_of(run(*from_, target_)),
              "corrupt: blob " + layer + ": blob `" + layer + "` of `" + (dir_ / "from") +
                  "` has 1000 bytes, its descriptor says 3000000");
}

TEST_F(Copy, APartThatIsMissingIsNotAnImageThatIs) {
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    const std::string hex(image.manifests[1].descriptor.digest.hex());
    std::filesystem::remove(dir_ / ("from/blobs/sha256/" + hex));
    EXPECT_EQ(failure_of(run(*from_, target_)).substr(0, 32),
              ("corrupt: manifest sha256:" + hex).substr(0, 32));
    EXPECT_EQ(target_.count("write_"), 0u);
}

TEST_F(Copy, ReportsProgress) {
    const SampleImage image = index_image(much(3'000'000));
    ASSERT_EQ(failure_of(put(*from_, "", image, "1")), "success");
    std::vector<CopyProgress> reports;
    const Result<Copied> copied =
        run(*from_, *to_, {.progress = [&](const CopyProgress& now) { reports.push_back(now); }});
    ASSERT_TRUE(copied.has_value()) << failure_of(copied);
    ASSERT_GE(reports.size(), 2u);
    EXPECT_EQ(reports.back().bytes_done, copied->bytes_moved);
    EXPECT_EQ(reports.back().bytes_total, copied->bytes_moved);
    EXPECT_EQ(reports.back().blobs_done, 4u);
    EXPECT_EQ(reports.back().blobs_total, 4u);
}

}  // namespace
}  // namespace lockstep::images
