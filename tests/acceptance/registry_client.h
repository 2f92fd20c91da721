#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/text_source.h"
#include "images/registry.h"
#include "support/image_maker.h"

namespace lockstep {

/// The value, or an exception that says why there is none.
template <typename T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(to_string(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// "ok", or the kind of the error: "not found".
template <typename T>
std::string outcome_of(const Result<T>& result) {
    return result ? "ok" : to_string(result.error().kind);
}

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

/// lockstep's own client of one registry, impatient.
class RegistryClient {
  public:
    explicit RegistryClient(const std::string& host_port,
                            const images::RegistryOptions& options = plain(),
                            images::Credentials credentials = {}, http::Options http = impatient())
        : client_(std::move(http)),
          credentials_(std::move(credentials)),
          registry_(value_of(images::Registry::open(host_port, options, client_, credentials_))) {}

    static images::RegistryOptions plain() { return {.plain_http = true, .is_trusted = true}; }
    static http::Options impatient() {
        http::Options options;
        options.connect_timeout = std::chrono::seconds(2);
        options.stall_timeout = std::chrono::seconds(2);
        options.exchange_timeout = std::chrono::seconds(10);
        options.tries = 2;
        options.pause_first = std::chrono::milliseconds(10);
        return options;
    }

    images::Registry& registry() { return *registry_; }
    images::Registry* operator->() { return registry_.get(); }

    Result<oci::Descriptor> resolve(const std::string& repository, const std::string& name) {
        const images::ManifestName names[] = {{repository, name}};
        return std::move(registry_->resolve(names).at(0));
    }
    Result<images::RawManifest> read_manifest(const std::string& repository,
                                              const std::string& name) {
        const images::ManifestName names[] = {{repository, name}};
        return std::move(registry_->read_manifests(names).at(0));
    }
    /// A blob streamed from byte `from` on.
    Result<std::string> read_blob(const std::string& repository, const oci::Descriptor& blob,
                                  std::uint64_t from = 0) {
        TextSink sink;
        TRY(registry_->read_blob(repository, blob, from, sink));
        return std::move(sink.text);
    }

  private:
    http::Client client_;
    images::Credentials credentials_;
    std::unique_ptr<images::Registry> registry_;
};

/// How lockstep names what a test made.
inline oci::Descriptor descriptor_of(const testing::ImageBlob& blob) {
    return {.media_type = blob.media_type,
            .digest = value_of(oci::Digest::parse(blob.digest)),
            .size = blob.bytes.size()};
}
inline images::RawManifest raw(const testing::ImageBlob& manifest) {
    return {.descriptor = descriptor_of(manifest), .bytes = manifest.bytes};
}

/// Puts an image into a registry with lockstep's client, its name last.
inline Result<void> write_image(
    images::Store& store, const std::string& repository, const testing::MadeImage& image,
    const std::string& tag, images::Store::IfExists if_exists = images::Store::IfExists::refuse) {
    for (const testing::ImageBlob& blob : image.blobs) {
        if (TRY(store.has_blob(repository, descriptor_of(blob)))) continue;
        TextSource source(blob.bytes);
        TRY(store.write_blob(repository, descriptor_of(blob), source));
    }
    for (const testing::ImageBlob& manifest : image.manifests)
        TRY(store.write_manifest({repository, manifest.digest}, raw(manifest), if_exists));
    if (tag.empty()) return {};
    return store.write_manifest({repository, tag}, raw(image.manifests.back()), if_exists);
}

}  // namespace lockstep
