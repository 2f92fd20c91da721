#pragma once

#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/text_source.h"
#include "images/store.h"
#include "oci/media_type.h"

namespace lockstep::images {

using http::TextSource;

/// A body into a text.
class TextSink final : public http::Sink {
  public:
    Result<bool> write(std::string_view bytes) override {
        text += bytes;
        return true;
    }
    std::string text;
};

/// Documents and blobs that belong together, to be put into any store.
struct SampleImage {
    std::map<std::string, std::string> blobs;  // configs and layers, by digest
    std::vector<RawManifest> manifests;        // children before what names them

    const RawManifest& root() const { return manifests.back(); }
    const oci::Digest& digest() const { return root().descriptor.digest; }

    oci::Descriptor add_blob(std::string media_type, const std::string& bytes) {
        const oci::Digest digest = oci::Digest::of(bytes);
        blobs[digest.str()] = bytes;
        return {.media_type = std::move(media_type), .digest = digest, .size = bytes.size()};
    }
    const oci::Descriptor& add_manifest(std::string_view media_type, std::string bytes) {
        const oci::Descriptor descriptor{.media_type = std::string(media_type),
                                         .digest = oci::Digest::of(bytes),
                                         .size = bytes.size()};
        manifests.push_back({descriptor, std::move(bytes)});
        return manifests.back().descriptor;
    }
};

/// `{"mediaType":…,"digest":…,"size":…` and `members` behind it.
inline std::string descriptor_text(const oci::Descriptor& descriptor,
                                   const std::string& members = "") {
    return R"({"mediaType":")" + descriptor.media_type + R"(","digest":")" +
           descriptor.digest.str() + R"(","size":)" + std::to_string(descriptor.size) + members +
           '}';
}

/// Adds one platform's image with a config and a layer.
inline oci::Descriptor add_platform(SampleImage& image, const std::string& architecture,
                                    const std::string& layer_bytes,
                                    const std::string& manifest_members = "") {
    const oci::Descriptor config = image.add_blob(
        std::string(oci::media_type::oci_config),
        R"({"created":"2024-01-02T03:04:05Z","architecture":")" + architecture +
            R"(","os":"linux","config":{"Labels":{"org.opencontainers.image.version":"1.2.3"}},)" +
            R"("rootfs":{"type":"layers","diff_ids":[")" + oci::Digest::of(layer_bytes).str() +
            R"("]}})");
    const oci::Descriptor layer =
        image.add_blob("application/vnd.oci.image.layer.v1.tar", layer_bytes);
    return image.add_manifest(oci::media_type::oci_manifest,
                              R"({"schemaVersion":2,"mediaType":")" +
                                  std::string(oci::media_type::oci_manifest) + R"(","config":)" +
                                  descriptor_text(config) + R"(,"layers":[)" +
                                  descriptor_text(layer) + ']' + manifest_members + '}');
}

/// An image of one platform.
inline SampleImage single_image(const std::string& layer_bytes = "layer") {
    SampleImage image;
    add_platform(image, "amd64", layer_bytes);
    return image;
}

/// An index of linux/amd64 and linux/arm64.
inline SampleImage index_image(const std::string& layer_bytes = "layer") {
    SampleImage image;
    std::string entries;
    for (const std::string architecture : {"amd64", "arm64"}) {
        const oci::Descriptor manifest =
            add_platform(image, architecture, layer_bytes + architecture);
        entries += (entries.empty() ? "" : ",") +
                   descriptor_text(manifest, R"(,"platform":{"architecture":")" + architecture +
                                                 R"(","os":"linux"})");
    }
    image.add_manifest(oci::media_type::oci_index, R"({"schemaVersion":2,"mediaType":")" +
                                                       std::string(oci::media_type::oci_index) +
                                                       R"(","manifests":[)" + entries +
                                                       R"(],"annotations":{"a":"b"}})");
    return image;
}

/// An artifact about `subject`.
inline SampleImage referrer_image(const oci::Descriptor& subject, const std::string& bytes) {
    SampleImage image;
    const oci::Descriptor empty = image.add_blob(std::string(oci::media_type::oci_empty), "{}");
    const oci::Descriptor layer = image.add_blob("text/plain", bytes);
    image.add_manifest(oci::media_type::oci_manifest,
                       R"({"schemaVersion":2,"mediaType":")" +
                           std::string(oci::media_type::oci_manifest) +
                           R"(","artifactType":"text/spdx","config":)" + descriptor_text(empty) +
                           R"(,"layers":[)" + descriptor_text(layer) + R"(],"subject":)" +
                           descriptor_text(subject) + R"(,"annotations":{"note":"x"}})");
    return image;
}

/// Puts an image into a store under a tag, or under its digest where `tag` is empty.
inline Result<void> put(Store& store, const std::string& repository, const SampleImage& image,
                        const std::string& tag,
                        Store::IfExists if_exists = Store::IfExists::refuse) {
    for (const auto& [digest, bytes] : image.blobs) {
        TextSource source(bytes);
        TRY(store.write_blob(
            repository,
            {.media_type = "", .digest = TRY(oci::Digest::parse(digest)), .size = bytes.size()},
            source));
    }
    for (const RawManifest& manifest : image.manifests) {
        const bool is_root = &manifest == &image.root();
        TRY(store.write_manifest(
            {repository, is_root && !tag.empty() ? tag : manifest.descriptor.digest.str()},
            manifest, if_exists));
    }
    return {};
}

template <typename T>
std::string failure_of(const Result<T>& result) {
    if (result.has_value()) return "success";
    return std::string(to_string(result.error().kind)) + ": " + to_string(result.error());
}

}  // namespace lockstep::images
