#include "images/layout.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "images/referrers_tag.h"
#include "images/sample_image.h"
#include "os/file.h"
#include "support/temp_dir.h"

namespace lockstep::images {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

std::unique_ptr<Layout> made(const std::string& directory) {
    Result<std::unique_ptr<Layout>> layout = Layout::open_or_make(directory);
    EXPECT_TRUE(layout.has_value()) << failure_of(layout);
    return std::move(*layout);
}

Result<RawManifest> read(Store& store, const std::string& name) {
    const std::array names = {ManifestName{"", name}};
    return std::move(store.read_manifests(names).front());
}

std::string index_of(const TempDir& dir) {
    return *os::read_file(dir / "l/index.json");
}

std::string blob_path(const TempDir& dir, const oci::Digest& digest) {
    return dir / ("l/blobs/sha256/" + std::string(digest.hex()));
}

/// The names of all files below a folder, but those of blobs.
std::vector<std::string> strays(const TempDir& dir) {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(dir / "l"))
        if (const std::string name = entry.path().filename(); name.size() != 64)
            names.push_back(name);
    std::ranges::sort(names);
    return names;
}
const std::vector<std::string> no_strays = {"blobs", "index.json", "oci-layout", "sha256"};

TEST(Layout, KeepsAnImageUnderATag) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage image = index_image();
    ASSERT_EQ(failure_of(put(*layout, "", image, "1.2.3")), "success");
    const Result<RawManifest> by_tag = read(*layout, "1.2.3");
    ASSERT_TRUE(by_tag.has_value()) << failure_of(by_tag);
    EXPECT_EQ(by_tag->bytes, image.root().bytes);
    EXPECT_EQ(by_tag->descriptor, image.root().descriptor);
    for (const RawManifest& manifest : image.manifests) {
        const Result<RawManifest> by_digest = read(*layout, manifest.descriptor.digest.str());
        ASSERT_TRUE(by_digest.has_value()) << failure_of(by_digest);
        EXPECT_EQ(by_digest->bytes, manifest.bytes);
        EXPECT_EQ(by_digest->descriptor, manifest.descriptor);
    }
    // Children are reached through what is listed, and are not listed themselves.
    EXPECT_EQ(index_of(dir),
              R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",)"
              R"("manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","digest":")" +
                  image.digest().str() + R"(","size":)" +
                  std::to_string(image.root().bytes.size()) +
                  R"(,"annotations":{"org.opencontainers.image.ref.name":"1.2.3"}}]})");
    EXPECT_EQ(strays(dir), no_strays);
    EXPECT_EQ(layout->title(), "oci:" + dir / "l");
}

TEST(Layout, KeepsAnImageUnderItsDigest) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage image = single_image();
    ASSERT_EQ(failure_of(put(*layout, "", image, "")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", image, "")), "success");
    EXPECT_EQ(layout->tags("")->size(), 0u);
    EXPECT_TRUE(index_of(dir).contains(
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("digest":")" +
        image.digest().str() + R"(","size":)" + std::to_string(image.root().bytes.size()) + "}]"));
    // With a name it is listed once.
    ASSERT_EQ(failure_of(put(*layout, "", image, "a")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", image, "b")), "success");
    EXPECT_EQ(*layout->tags(""), (std::vector<std::string>{"a", "b"}));
    const std::string index = index_of(dir);
    std::size_t count = 0;
    for (std::size_t at = index.find("digest"); at != std::string::npos;
         at = index.find("digest", at + 1))
        ++count;
    EXPECT_EQ(count, 2u);
}

TEST(Layout, MovesATagOnlyWhenTold) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage first = single_image("first"), second = single_image("second");
    ASSERT_EQ(failure_of(put(*layout, "", first, "1")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", first, "1")), "success");
    EXPECT_EQ(failure_of(put(*layout, "", second, "1")),
              "conflict: tag `1` of the image layout `" + dir / "l" + "` is " +
                  first.digest().str() + ", not " + second.digest().str());
    EXPECT_EQ(read(*layout, "1")->descriptor.digest, first.digest());
    ASSERT_EQ(failure_of(put(*layout, "", second, "1", Store::IfExists::replace)), "success");
    EXPECT_EQ(read(*layout, "1")->descriptor.digest, second.digest());
    EXPECT_EQ(*layout->tags(""), std::vector<std::string>{"1"});
}

TEST(Layout, AManifestWithoutItsBlobsIsRefused) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage image = single_image();
    EXPECT_TRUE(failure_of(layout->write_manifest({"", "1"}, image.root(), Store::IfExists::refuse))
                    .starts_with("conflict: the manifest names sha256:"));
    EXPECT_TRUE(layout->tags("")->empty());
    RawManifest other = image.root();
    other.bytes += ' ';
    EXPECT_EQ(failure_of(layout->write_manifest({"", "1"}, other, Store::IfExists::refuse)),
              "corrupt: the manifest for `1` has another digest");
}

TEST(Layout, ABlobIsWrittenWholeOrNotAtAll) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const oci::Descriptor blob{.media_type = "", .digest = oci::Digest::of("hello"), .size = 5};
    TextSource wrong("hallo");
    EXPECT_EQ(failure_of(layout->write_blob("", blob, wrong)),
              "corrupt: what was to be blob `" + blob.digest.str() + "` of `" + dir / "l" +
                  "` has another digest");
    EXPECT_FALSE(*layout->has_blob("", blob));
    EXPECT_EQ(strays(dir), no_strays);
    TextSource right("hello");
    EXPECT_EQ(failure_of(layout->write_blob("", blob, right)), "success");
    EXPECT_TRUE(*layout->has_blob("", blob));
    EXPECT_TRUE(*layout->mount_blob("", blob, "other"));
    TextSink whole, rest;
    EXPECT_EQ(failure_of(layout->read_blob("", blob, 0, whole)), "success");
    EXPECT_EQ(failure_of(layout->read_blob("", blob, 2, rest)), "success");
    EXPECT_EQ(whole.text, "hello");
    EXPECT_EQ(rest.text, "llo");
    // What is there is not written again: nothing is asked of the source.
    EXPECT_EQ(failure_of(layout->write_blob("", blob, wrong)), "success");
}

TEST(Layout, ReadsAllDigestAlgorithms) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const oci::Descriptor blob{
        .media_type = "",
        .digest = *oci::Digest::parse(
            "sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11"
            "d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043"),
        .size = 5};
    TextSource source("hello");
    EXPECT_EQ(failure_of(layout->write_blob("", blob, source)), "success");
    TextSink sink;
    EXPECT_EQ(failure_of(layout->read_blob("", blob, 0, sink)), "success");
    EXPECT_EQ(sink.text, "hello");
}

// What other programs wrote: whole references, several platforms under one tag, their own members.
TEST(Layout, ReadsTagsAsOthersWriteThem) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage one = single_image("one"), two = single_image("two");
    ASSERT_EQ(failure_of(put(*layout, "", one, "")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", two, "")), "success");
    const auto entry = [](const SampleImage& image, const std::string& name) {
        return descriptor_text(image.root().descriptor,
                               R"(,"platform":{"os":"linux","architecture":"amd64"},)"
                               R"("annotations":{"org.opencontainers.image.ref.name":")" +
                                   name + R"(","own":"kept"})");
    };
    dir.write("l/index.json",
              R"({"schemaVersion":2,"manifests":[)" + entry(one, "registry.example.com/app:1.2") +
                  ',' + entry(two, "both") + ',' + entry(one, "both") + ',' +
                  entry(one, "other.example.com/app:exact") + ',' + entry(two, "exact") + ',' +
                  entry(two, "no/tag here") + R"(],"own":[1]})");
    EXPECT_EQ(*layout->tags(""), (std::vector<std::string>{"1.2", "both", "exact"}));
    EXPECT_EQ(read(*layout, "1.2")->descriptor.digest, one.digest());
    EXPECT_EQ(read(*layout, "exact")->descriptor.digest, two.digest());
    EXPECT_EQ(failure_of(read(*layout, "both")),
              "invalid: " + dir / "l/index.json" + ": tag `both` names both " + two.digest().str() +
                  " and " + one.digest().str());
    EXPECT_EQ(failure_of(read(*layout, "absent")),
              "not found: tag `absent` is not in the image layout `" + dir / "l" + '`');
    ASSERT_EQ(failure_of(put(*layout, "", one, "new")), "success");
    EXPECT_TRUE(index_of(dir).contains(R"("own":"kept")"));
    EXPECT_TRUE(index_of(dir).contains(R"(,"own":[1]})"));
}

TEST(Layout, WithoutANameIsTheOnlyImage) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage one = single_image("one"), two = single_image("two");
    EXPECT_EQ(failure_of(read(*layout, "")),
              "not found: " + dir / "l/index.json" + ": the image layout is empty");
    ASSERT_EQ(failure_of(put(*layout, "", one, "1")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", one, "1.0")), "success");
    EXPECT_EQ(read(*layout, "")->descriptor.digest, one.digest());
    ASSERT_EQ(failure_of(put(*layout, "", two, "2")), "success");
    const Result<RawManifest> several = read(*layout, "");
    EXPECT_EQ(failure_of(several),
              "usage: " + dir / "l/index.json" + ": the image layout lists 3 images");
    EXPECT_EQ(several.error().hint, "name one by its tag or digest; tags are `1`, `1.0`, `2`");
    EXPECT_EQ(failure_of(layout->write_manifest({"", ""}, one.root(), Store::IfExists::refuse)),
              "usage: an image in a layout needs a tag or its digest");
}

TEST(Layout, FindsReferrers) {
    const TempDir dir;
    const std::unique_ptr<Layout> layout = made(dir / "l");
    const SampleImage image = single_image();
    const SampleImage about = referrer_image(image.root().descriptor, "about");
    const SampleImage listed = referrer_image(image.root().descriptor, "listed");
    ASSERT_EQ(failure_of(put(*layout, "", image, "1")), "success");
    ASSERT_EQ(failure_of(put(*layout, "", about, "")), "success");
    const oci::Descriptor expected{.media_type = std::string(oci::media_type::oci_manifest),
                                   .digest = about.digest(),
                                   .size = about.root().bytes.size(),
                                   .artifact_type = "text/spdx",
                                   .annotations = {{"note", "x"}}};
    EXPECT_EQ(*layout->referrers("", image.digest()), std::vector{expected});
    // By the tag that stands in for the API, as other programs write it.
    SampleImage fallback = listed;
    fallback.add_manifest(oci::media_type::oci_index,
                          R"({"schemaVersion":2,"manifests":[)" +
                              descriptor_text(listed.manifests[0].descriptor) + ',' +
                              descriptor_text(about.root().descriptor) + "]}");
    ASSERT_EQ(failure_of(put(*layout, "", fallback, referrers_tag(image.digest()))), "success");
    const Result<std::vector<oci::Descriptor>> both = layout->referrers("", image.digest());
    ASSERT_EQ(both->size(), 2u);
    EXPECT_EQ((*both)[0], expected);
    EXPECT_EQ((*both)[1].digest, listed.manifests[0].descriptor.digest);
    EXPECT_TRUE(layout->referrers("", about.digest())->empty());
}

// Two writers at once: neither loses what the other wrote.
TEST(Layout, WritersWaitForEachOther) {
    const TempDir dir;
    made(dir / "l");
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([&dir, writer] {
            const std::unique_ptr<Layout> layout = made(dir / "l");
            for (int tag = 0; tag < 10; ++tag)
                EXPECT_EQ(failure_of(put(*layout, "", single_image(std::to_string(writer)),
                                         std::to_string(writer) + '-' + std::to_string(tag))),
                          "success");
        });
    writers.clear();
    EXPECT_EQ(made(dir / "l")->tags("")->size(), 40u);
    EXPECT_EQ(strays(dir), no_strays);
}

TEST(Layout, IsMadeWhereNothingIsOnly) {
    const TempDir dir;
    fs::create_directories(dir / "l");
    made(dir / "l");
    dir.write("other/file", "text");
    EXPECT_EQ(failure_of(Layout::open_or_make(dir / "other")),
              "conflict: `" + dir / "other" + "` holds something that is no image layout");
    EXPECT_EQ(*os::read_file(dir / "other/file"), "text");
    EXPECT_EQ(failure_of(Layout::open(dir / "none")).substr(0, 10), "not found:");
    EXPECT_EQ(failure_of(Layout::open(dir / "other")),
              "not found: `" + dir / "other" + "` is no image layout: it has no file `oci-layout`");
    // What was being made when its maker ended.
    fs::remove(dir / "l/oci-layout");
    made(dir / "l");
}

TEST(Layout, SweepsWhatKilledWritersLeft) {
    const TempDir dir;
    made(dir / "l");
    dir.write("l/blobs/sha256/.lockstep-0123456789abcdef", "half a bl");
    made(dir / "l");
    EXPECT_TRUE(fs::exists(dir / "l/blobs/sha256/.lockstep-0123456789abcdef"));
    fs::last_write_time(dir / "l/blobs/sha256/.lockstep-0123456789abcdef",
                        fs::file_time_type::clock::now() - std::chrono::hours(2));
    made(dir / "l");
    EXPECT_EQ(strays(dir), no_strays);
}

TEST(Layout, RefusesOtherVersions) {
    const TempDir dir;
    made(dir / "l");
    dir.write("l/oci-layout", R"({"imageLayoutVersion":"2.0.0"})");
    EXPECT_EQ(failure_of(Layout::open(dir / "l")),
              "invalid: " + dir / "l/oci-layout" +
                  ": `imageLayoutVersion` is `2.0.0`, only versions 1.x are read");
    dir.write("l/oci-layout", "{}");
    EXPECT_EQ(failure_of(Layout::open(dir / "l")).substr(0, 8), "invalid:");
    dir.write("l/oci-layout", std::string(100'000, ' '));
    EXPECT_TRUE(failure_of(Layout::open(dir / "l")).contains("is larger than 65536 bytes"));
}

// Each of these would lead out of the folder, or give out bytes that nobody checked.
class HostileLayout : public ::testing::Test {
  protected:
    HostileLayout() {
        layout_ = made(dir_ / "l");
        EXPECT_EQ(failure_of(put(*layout_, "", image_, "1")), "success");
        dir_.write("secret", "secret");
    }
    oci::Descriptor layer() const {
        return {.media_type = "", .digest = oci::Digest::of("layer"), .size = 5};
    }

    TempDir dir_;
    std::unique_ptr<Layout> layout_;
    SampleImage image_ = single_image("layer");
};

TEST_F(HostileLayout, ABlobIsALink) {
    fs::remove(blob_path(dir_, layer().digest));
    dir_.write("layer", "layer");
    fs::create_symlink(dir_ / "layer", blob_path(dir_, layer().digest));
    TextSink sink;
    const std::string expected = "denied: blob `" + layer().digest.str() + "` of `" + dir_ / "l" +
                                 "` is a link, and none is followed in a layout";
    EXPECT_EQ(failure_of(layout_->read_blob("", layer(), 0, sink)), expected);
    EXPECT_EQ(failure_of(layout_->has_blob("", layer())), expected);
    const std::array blobs = {layer()};
    EXPECT_EQ(failure_of(layout_->read_blobs("", blobs).front()), expected);
    EXPECT_EQ(sink.text, "");
}

TEST_F(HostileLayout, AFolderIsALink) {
    for (const std::string folder : {"l/blobs", "l/blobs/sha256"}) {
        fs::rename(dir_ / folder, dir_ / "elsewhere");
        fs::create_symlink(dir_ / "elsewhere", dir_ / folder);
        const std::string expected =
            "denied: `" + dir_ / folder + "` is a link, and none is followed in a layout";
        EXPECT_EQ(failure_of(read(*layout_, image_.digest().str())), expected);
        TextSource source("other");
        EXPECT_EQ(
            failure_of(layout_->write_blob(
                "", {.media_type = "", .digest = oci::Digest::of("other"), .size = 5}, source)),
            expected);
        fs::remove(dir_ / folder);
        fs::rename(dir_ / "elsewhere", dir_ / folder);
    }
    EXPECT_TRUE(read(*layout_, "1").has_value());
}

TEST_F(HostileLayout, IndexIsALink) {
    fs::rename(dir_ / "l/index.json", dir_ / "index.json");
    fs::create_symlink(dir_ / "index.json", dir_ / "l/index.json");
    EXPECT_EQ(failure_of(read(*layout_, "1")), "denied: `" + dir_ / "l/index.json" +
                                                   "` is a link, and none is followed in a layout");
}

TEST_F(HostileLayout, ABlobIsAPipe) {
    fs::remove(blob_path(dir_, layer().digest));
    ASSERT_EQ(::mkfifo(blob_path(dir_, layer().digest).c_str(), 0600), 0);
    EXPECT_EQ(failure_of(layout_->has_blob("", layer())),
              "invalid: blob `" + layer().digest.str() + "` of `" + dir_ / "l" + "` is no file");
}

TEST_F(HostileLayout, ABlobHasOtherContent) {
    dir_.write("l/blobs/sha256/" + std::string(layer().digest.hex()), "evil!");
    TextSink sink;
    const std::string expected = "corrupt: blob `" + layer().digest.str() + "` of `" + dir_ / "l" +
                                 "` has other content than its digest says";
    EXPECT_EQ(failure_of(layout_->read_blob("", layer(), 0, sink)), expected);
    EXPECT_EQ(sink.text, "");
    const std::array blobs = {layer()};
    EXPECT_EQ(failure_of(layout_->read_blobs("", blobs).front()), expected);
    dir_.write("l/blobs/sha256/" + std::string(image_.digest().hex()),
               std::string(image_.root().bytes.size(), ' '));
    EXPECT_EQ(failure_of(read(*layout_, "1")).substr(0, 8), "corrupt:");
    EXPECT_EQ(failure_of(read(*layout_, image_.digest().str())).substr(0, 8), "corrupt:");
    // Written again, it is whole again.
    ASSERT_EQ(
        failure_of(layout_->write_manifest({"", "1"}, image_.root(), Store::IfExists::refuse)),
        "success");
    EXPECT_TRUE(read(*layout_, "1").has_value());
}

TEST_F(HostileLayout, ABlobIsTruncated) {
    dir_.write("l/blobs/sha256/" + std::string(layer().digest.hex()), "lay");
    TextSink sink;
    EXPECT_EQ(failure_of(layout_->read_blob("", layer(), 0, sink)),
              "corrupt: blob `" + layer().digest.str() + "` of `" + dir_ / "l" +
                  "` has 3 bytes, its descriptor says 5");
    EXPECT_FALSE(*layout_->has_blob("", layer()));
    TextSource source("layer");
    EXPECT_EQ(failure_of(layout_->write_blob("", layer(), source)), "success");
    EXPECT_TRUE(*layout_->has_blob("", layer()));
}

TEST_F(HostileLayout, AListedManifestIsMissing) {
    fs::remove(blob_path(dir_, image_.digest()));
    EXPECT_EQ(failure_of(read(*layout_, "1")), "corrupt: index.json of the image layout `" +
                                                   dir_ / "l" + "` names " + image_.digest().str() +
                                                   ", which is not in it");
    EXPECT_EQ(failure_of(read(*layout_, "sha256:" + std::string(64, '0'))),
              "not found: `sha256:" + std::string(64, '0') + "` is not in the image layout `" +
                  dir_ / "l" + '`');
}

TEST_F(HostileLayout, DigestsThatAreNone) {
    for (const std::string digest : {"sha256:../../../secret", "../../secret", "sha256:", ""}) {
        dir_.write("l/index.json", R"({"schemaVersion":2,"manifests":[{"digest":")" + digest +
                                       R"(","size":6,"annotations":)"
                                       R"({"org.opencontainers.image.ref.name":"1"}}]})");
        EXPECT_EQ(
            failure_of(read(*layout_, "1"))
                .substr(0,
                        ("invalid: " + dir_ / "l/index.json" + ": `manifests[0].digest`").size()),
            "invalid: " + dir_ / "l/index.json" + ": `manifests[0].digest`");
    }
    EXPECT_EQ(failure_of(read(*layout_, "sha256:../../../secret")).substr(0, 8), "invalid:");
}

TEST_F(HostileLayout, AnIndexIsHuge) {
    dir_.write("l/index.json", std::string(5u << 20, ' '));
    EXPECT_EQ(failure_of(read(*layout_, "1")),
              "invalid: `" + dir_ / "l/index.json" + "` is larger than 4194304 bytes");
    // And none is written that could not be read again.
    std::string entries;
    for (int at = 0; at < 10'000; ++at)
        entries += (at == 0 ? "" : ",") + descriptor_text(image_.root().descriptor);
    dir_.write("l/index.json", R"({"schemaVersion":2,"manifests":[)" + entries + "]}");
    const SampleImage other = single_image("other");
    EXPECT_TRUE(failure_of(put(*layout_, "", other, "2"))
                    .contains("the index of the layout would be too large"));
}

TEST_F(HostileLayout, AnIndexIsMissing) {
    fs::remove(dir_ / "l/index.json");
    EXPECT_EQ(failure_of(read(*layout_, "1")),
              "invalid: " + dir_ / "l" + ": the image layout has no `index.json`");
}

}  // namespace
}  // namespace lockstep::images
