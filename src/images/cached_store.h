#pragma once

#include <chrono>
#include <string>

#include "images/answer_cache.h"
#include "images/store.h"

namespace lockstep::images {

struct CachedStoreOptions {
    /// Who asks, such as a user's name: what one may see another may not.
    std::string identity = {};
    /// For how long a tag is taken to be what it was, or not to be there.
    std::chrono::seconds tag_age_max = std::chrono::minutes(5);
    enum class Use : std::uint8_t {
        read,     // what is kept is not asked again
        write,    // everything is asked; what is learnt is kept, what is written is forgotten
        offline,  // nothing is asked: what is not kept, however old, is `unavailable`
    };
    Use use = Use::read;
};

/// A store whose answers about manifests and configs are kept on disk. A manifest that was once in
/// a repository is taken to be in it for ever by its digest, but not in another one. Everything
/// else is passed on: blobs, tags, referrers, writes. Borrows store and cache. Thread-safe.
class CachedStore final : public Store {
  public:
    CachedStore(Store& store, const AnswerCache& cache, CachedStoreOptions options)
        : store_(store), cache_(cache), options_(std::move(options)) {}

    std::string title() const override { return store_.title(); }
    std::vector<Result<oci::Descriptor>> resolve(std::span<const ManifestName> names) override;
    std::vector<Result<RawManifest>> read_manifests(std::span<const ManifestName> names) override;
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override;
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override;
    Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) override;
    Result<void> write_blob(std::string_view repository, const oci::Descriptor& blob,
                            http::Source& source) override;
    Result<bool> mount_blob(std::string_view repository, const oci::Descriptor& blob,
                            std::string_view from_repository) override;
    Result<void> write_manifest(const ManifestName& name, const RawManifest& manifest,
                                IfExists if_exists) override;
    Result<void> remove_manifest(const ManifestName& name) override;
    Result<void> may_write(std::string_view repository) override;
    Result<std::vector<std::string>> tags(std::string_view repository) override;
    Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                   const oci::Digest& subject) override;

  private:
    AnswerCache::Question question(const ManifestName& name) const;
    std::optional<Result<oci::Descriptor>> kept_name(const ManifestName& name) const;
    std::optional<Result<RawManifest>> kept_manifest(const ManifestName& name) const;
    std::optional<Result<std::string>> kept_blob(const oci::Descriptor& blob) const;
    void keep(const ManifestName& name, const Result<oci::Descriptor>& answer) const;
    bool is_offline() const { return options_.use == CachedStoreOptions::Use::offline; }
    std::unexpected<Error> not_kept(const std::string& what) const;

    Store& store_;
    const AnswerCache& cache_;
    CachedStoreOptions options_;
};

}  // namespace lockstep::images
