#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "images/store.h"
#include "release/item_places.h"
#include "release/state.h"
#include "workspace/ask_images.h"

namespace lockstep::release {

/// A store as it would be after the release: what is staged answers under the names that it will be
/// published by, everything else is as it is. For reading only. Borrows the store.
class Outlook final : public images::Store {
  public:
    /// An item of this store that is not published yet.
    struct Staged {
        images::ManifestName published;
        std::string digest;
        images::Store* store;    // where it waits
        std::string repository;  // and under which name
    };

    Outlook(images::Store& store, std::vector<Staged> staged)
        : store_(store), staged_(std::move(staged)) {}

    std::string title() const override { return store_.title(); }
    std::vector<Result<oci::Descriptor>> resolve(
        std::span<const images::ManifestName> names) override;
    std::vector<Result<images::RawManifest>> read_manifests(
        std::span<const images::ManifestName> names) override;
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override;
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override {
        return store_.read_blob(repository, blob, from, sink);
    }
    Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) override {
        return store_.has_blob(repository, blob);
    }
    Result<std::vector<std::string>> tags(std::string_view repository) override {
        return store_.tags(repository);
    }
    Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                   const oci::Digest& subject) override {
        return store_.referrers(repository, subject);
    }

    Result<void> write_blob(std::string_view, const oci::Descriptor&, http::Source&) override {
        return read_only();
    }
    Result<bool> mount_blob(std::string_view, const oci::Descriptor&, std::string_view) override {
        return read_only();
    }
    Result<void> write_manifest(const images::ManifestName&, const images::RawManifest&,
                                IfExists) override {
        return read_only();
    }
    Result<void> remove_manifest(const images::ManifestName&) override { return read_only(); }
    Result<void> may_write(std::string_view) override { return read_only(); }

  private:
    static std::unexpected<Error> read_only();
    std::vector<const Staged*> in(std::string_view repository) const;

    images::Store& store_;
    std::vector<Staged> staged_;
};

/// Who answers for what a tree names, once `items` are published: `now` is who does today. What it
/// returns holds the outlooks; it borrows the site.
Result<workspace::FindAnswerer> outlook(Site& site, const std::vector<Item>& items,
                                        workspace::FindAnswerer now);

}  // namespace lockstep::release
