#pragma once

#include <string>

#include "images/store.h"
#include "release/observer.h"

namespace lockstep::release {

/// A store whose writes an observer sees, before and after each. Borrows both. `prefix` stands
/// before the names of repositories in what the observer is told.
class WatchedStore final : public images::Store {
  public:
    WatchedStore(images::Store& store, Observer& observer, std::string prefix)
        : store_(store), observer_(observer), prefix_(std::move(prefix)) {}

    std::string title() const override { return store_.title(); }
    std::vector<Result<oci::Descriptor>> resolve(
        std::span<const images::ManifestName> names) override {
        return store_.resolve(names);
    }
    std::vector<Result<images::RawManifest>> read_manifests(
        std::span<const images::ManifestName> names) override {
        return store_.read_manifests(names);
    }
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override {
        return store_.read_blobs(repository, blobs);
    }
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override {
        return store_.read_blob(repository, blob, from, sink);
    }
    Result<std::unique_ptr<http::Source>> open_blob(std::string_view repository,
                                                    const oci::Descriptor& blob) override {
        return store_.open_blob(repository, blob);
    }
    Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) override {
        return store_.has_blob(repository, blob);
    }
    Result<void> write_blob(std::string_view repository, const oci::Descriptor& blob,
                            http::Source& source) override;
    Result<bool> mount_blob(std::string_view repository, const oci::Descriptor& blob,
                            std::string_view from_repository) override;
    Result<void> write_manifest(const images::ManifestName& name,
                                const images::RawManifest& manifest, IfExists if_exists) override;
    Result<void> remove_manifest(const images::ManifestName& name) override;
    Result<void> may_write(std::string_view repository) override {
        return store_.may_write(repository);
    }
    Result<std::vector<std::string>> tags(std::string_view repository) override {
        return store_.tags(repository);
    }
    Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                   const oci::Digest& subject) override {
        return store_.referrers(repository, subject);
    }

  private:
    Effect effect(std::string_view repository, std::string_view what) const;

    images::Store& store_;
    Observer& observer_;
    std::string prefix_;
};

}  // namespace lockstep::release
