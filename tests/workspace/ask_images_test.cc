#include "workspace/ask_images.h"

#include <gtest/gtest.h>

#include "images/layout.h"
#include "images/sample_image.h"
#include "support/git_repo.h"
#include "support/temp_dir.h"
#include "workspace/workspace.h"

namespace lockstep::workspace {
namespace {

using evidence::Labels;
using evidence::SeenImage;
using images::SampleImage;

std::string json_of(const Labels& labels) {
    std::string text;
    for (const auto& [key, value] : labels)
        text += (text.empty() ? "\"" : ",\"") + key + "\":\"" + value + "\"";
    return "{" + text + "}";
}

/// An index of two platforms; labels are those of the configs, annotations those of the manifests.
SampleImage image_with(const Labels& labels, const Labels& annotations) {
    SampleImage image;
    std::string manifests;
    for (const char* architecture : {"amd64", "arm64"}) {
        const oci::Descriptor config = image.add_blob(
            std::string(oci::media_type::oci_config),
            std::string(R"({"created":"2024-01-02T03:04:05Z","os":"linux","architecture":")") +
                architecture + R"(","config":{"Labels":)" + json_of(labels) +
                R"(},"rootfs":{"type":"layers","diff_ids":[]}})");
        const oci::Descriptor manifest = image.add_manifest(
            oci::media_type::oci_manifest,
            R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
                images::descriptor_text(config) + R"(,"layers":[],"annotations":)" +
                json_of(annotations) + "}");
        manifests += (manifests.empty() ? "" : ",") +
                     images::descriptor_text(
                         manifest, std::string(R"(,"platform":{"os":"linux","architecture":")") +
                                       architecture + "\"}");
    }
    image.add_manifest(
        oci::media_type::oci_index,
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
            manifests + "]}");
    return image;
}

/// A layout on disk.
class Store {
  public:
    Store() : layout_(images::Layout::open_or_make(folder_ / "images").value()) {}

    void put(const SampleImage& image, const std::string& tag) {
        for (const auto& [digest, bytes] : image.blobs) {
            images::TextSource source(bytes);
            const oci::Descriptor blob{.media_type = "application/octet-stream",
                                       .digest = oci::Digest::parse(digest).value(),
                                       .size = bytes.size()};
            EXPECT_TRUE(layout_->write_blob("", blob, source));
        }
        using enum images::Store::IfExists;
        for (const images::RawManifest& manifest : image.manifests)
            EXPECT_TRUE(
                layout_->write_manifest({"", manifest.descriptor.digest.str()}, manifest, refuse));
        if (!tag.empty()) {
            const auto tagged = layout_->write_manifest({"", tag}, image.root(), refuse);
            EXPECT_TRUE(tagged) << to_string(tagged.error());
        }
    }

    FindAnswerer for_registry(const std::string& registry, bool is_one = true) {
        return [this, registry, is_one](const oci::Reference& reference) -> Result<Answerer> {
            if (reference.registry() != registry)
                return fail(Error::Kind::unavailable, "`" + reference.registry() + "` is far away");
            return Answerer{
                .store = layout_.get(), .title = "oci:images", .is_one_repository = is_one};
        };
    }
    void damage(const oci::Digest& digest) {
        folder_.write("images/blobs/sha256/" + std::string(digest.hex()), "{}");
    }

  private:
    const testing::TempDir folder_;
    std::unique_ptr<images::Layout> layout_;
};

TEST(AskImages, TellsWhatIsThereFromWhatIsNot) {
    Store store;
    const SampleImage image =
        image_with({{"org.opencontainers.image.version", "1.0.0"}}, {{"a", "b"}});
    store.put(image, "v1.0.0");
    const std::string pinned = "registry.example/acme/app@" + image.digest().str();
    const std::vector<std::string> references = {"registry.example/acme/app:v1.0.0", pinned,
                                                 "registry.example/acme/app:v2.0.0",
                                                 "far.example/acme/app:v1.0.0"};
    const evidence::Images seen = ask_images(references, store.for_registry("registry.example"));
    ASSERT_EQ(seen.size(), 4u);
    const SeenImage& found = seen.at(references[0]);
    EXPECT_EQ(found.state, SeenImage::State::found) << found.reason;
    EXPECT_EQ(found.source, "oci:images");
    EXPECT_EQ(found.digest, image.digest().str());
    EXPECT_TRUE(found.is_index);
    ASSERT_EQ(found.platforms.size(), 2u);
    EXPECT_EQ(found.platforms[0].name, "linux/amd64");
    EXPECT_EQ(found.platforms[0].digest, image.manifests[0].descriptor.digest.str());
    EXPECT_EQ(found.platforms[0].labels, (Labels{{"org.opencontainers.image.version", "1.0.0"}}));
    EXPECT_EQ(found.platforms[0].annotations, (Labels{{"a", "b"}}));
    EXPECT_EQ(found.platforms[0].created, "2024-01-02T03:04:05Z");
    EXPECT_EQ(found.platforms[1].name, "linux/arm64/v8");
    EXPECT_EQ(seen.at(pinned), found);
    EXPECT_EQ(seen.at(references[2]).state, SeenImage::State::missing);
    EXPECT_EQ(seen.at(references[3]).state, SeenImage::State::unknown);
    EXPECT_EQ(seen.at(references[3]).reason, "`far.example` is far away");
    EXPECT_EQ(seen.at(references[3]).source, "far.example");
}

TEST(AskImages, WhatIsDamagedIsUnknownAndNotMissing) {
    Store store;
    const SampleImage image = image_with({}, {});
    store.put(image, "v1.0.0");
    store.damage(image.manifests[0].descriptor.digest);
    const std::vector<std::string> references = {"registry.example/acme/app:v1.0.0"};
    const evidence::Images seen = ask_images(references, store.for_registry("registry.example"));
    EXPECT_EQ(seen.at(references[0]).state, SeenImage::State::unknown);
    EXPECT_NE(seen.at(references[0]).reason, "");
}

TEST(AskImages, ALayoutAnswersForOneRepositoryOnly) {
    Store store;
    store.put(image_with({}, {}), "v1.0.0");
    const std::vector<std::string> references = {"registry.example/acme/app:v1.0.0",
                                                 "registry.example/acme/agent:v1.0.0"};
    for (const auto& [reference, image] :
         ask_images(references, store.for_registry("registry.example"))) {
        EXPECT_EQ(image.state, SeenImage::State::unknown) << reference;
        EXPECT_EQ(image.reason,
                  "an image layout is one repository, and stands in place of "
                  "`registry.example/acme/agent`, `registry.example/acme/app`");
    }
}

TEST(AskImages, ReadsTheLabelsOfTheBase) {
    Store store;
    const SampleImage base = image_with({{"org.opencontainers.image.revision", "abcdef0"}}, {});
    store.put(base, "");
    const auto built = [&](const std::string& digest) {
        return image_with({{"org.opencontainers.image.revision", "abcdef0"}},
                          {{"org.opencontainers.image.base.name", "registry.example/base:1"},
                           {"org.opencontainers.image.base.digest", digest}});
    };
    store.put(built(base.digest().str()), "v1.0.0");
    store.put(built("sha256:" + std::string(64, '0')), "v1.1.0");
    store.put(image_with({{"org.opencontainers.image.revision", "abcdef0"}},
                         {{"org.opencontainers.image.base.name", "registry.example/base:1"}}),
              "v1.2.0");
    const std::vector<std::string> references = {"registry.example/app:v1.0.0",
                                                 "registry.example/app:v1.1.0",
                                                 "registry.example/app:v1.2.0"};
    const evidence::Images seen =
        ask_images(references, store.for_registry("registry.example", false));
    const SeenImage& known = seen.at(references[0]);
    EXPECT_TRUE(known.is_base_known);
    EXPECT_EQ(known.base,
              std::vector<Labels>(2, {{"org.opencontainers.image.revision", "abcdef0"}}));
    EXPECT_FALSE(seen.at(references[1]).is_base_known);  // its base is gone
    EXPECT_TRUE(seen.at(references[1]).base.empty());
    EXPECT_FALSE(seen.at(references[2]).is_base_known);  // a tag may have been moved since
}

TEST(AddCommits, KnowsTheCommitsOfTheRepositoryAndTheParentsOfReleasesThatPin) {
    testing::GitRepo repository;
    repository.write("main.go", "package main\n");
    const std::string built = repository.commit();
    repository.write("deploy.yaml",
                     "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  containers:\n"
                     "  - {name: app, image: registry.example/acme/app@sha256:" +
                         std::string(64, '1') + "}\n");
    const std::string tagged = repository.commit();
    repository.tag("v1.0.0");
    auto workspace = Workspace::open({.directory = repository.path()});
    ASSERT_TRUE(workspace) << to_string(workspace.error());
    auto history = workspace->history();
    ASSERT_TRUE(history) << to_string(history.error());
    SeenImage image{.state = SeenImage::State::found};
    const std::string strange(40, '5');
    image.platforms = {{.labels = {{"org.opencontainers.image.revision", built.substr(0, 10)}}},
                       {.annotations = {{"org.opencontainers.image.revision", strange}}},
                       {.labels = {{"org.opencontainers.image.revision", "main"}}}};
    history->images["registry.example/acme/app@sha256:" + std::string(64, '1')] = image;
    workspace->add_commits(*history);
    ASSERT_EQ(history->commits.size(), 2u);
    EXPECT_EQ(history->commits.at(built.substr(0, 10)).state, evidence::SeenCommit::State::found);
    EXPECT_EQ(history->commits.at(built.substr(0, 10)).id, built);
    EXPECT_EQ(history->commits.at(strange).state, evidence::SeenCommit::State::absent);
    ASSERT_EQ(history->parents.size(), 1u);
    const auto& parents = history->parents.at(tagged);
    ASSERT_EQ(parents.size(), 1u);
    EXPECT_EQ(parents[0].commit, built);
    EXPECT_EQ(parents[0].changed, std::vector<std::string>{"deploy.yaml"});
    EXPECT_TRUE(parents[0].is_whole);
}

}  // namespace
}  // namespace lockstep::workspace
