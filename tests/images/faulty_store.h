#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "images/sample_image.h"
#include "images/store.h"

namespace lockstep::images {

/// A real store with faults on its way, and a record of what was asked of it. Each hook is called
/// before the store is, and its error is given instead.
class FaultyStore final : public Store {
  public:
    explicit FaultyStore(Store& store) : store_(store) {}

    /// After so many bytes a read of a blob breaks off, again and again; 0: never.
    std::uint64_t break_reads_after = 0;
    /// So many writes of blobs fail at first, having read a little.
    std::atomic<int> failing_writes = 0;
    /// What breaks say.
    Error::Kind kind = Error::Kind::unavailable;
    /// The first byte of blobs is given out changed.
    bool changes_bytes = false;
    std::string own_title;
    /// A store that has what is mounted; null: nothing is.
    Store* mounts_from = nullptr;

    std::vector<std::string> calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }
    std::size_t count(std::string_view call) const {
        std::size_t found = 0;
        for (const std::string& one : calls()) found += one.starts_with(call) ? 1u : 0u;
        return found;
    }

    std::string title() const override { return own_title.empty() ? store_.title() : own_title; }
    std::vector<Result<oci::Descriptor>> resolve(std::span<const ManifestName> names) override {
        for (const ManifestName& name : names) note("resolve " + name.tag_or_digest);
        return store_.resolve(names);
    }
    std::vector<Result<RawManifest>> read_manifests(std::span<const ManifestName> names) override {
        note("read_manifests");
        for (const ManifestName& name : names) note("manifest " + name.tag_or_digest);
        return store_.read_manifests(names);
    }
    std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                std::span<const oci::Descriptor> blobs) override {
        note("read_blobs");
        for (const oci::Descriptor& blob : blobs) note("small blob " + blob.digest.str());
        return store_.read_blobs(repository, blobs);
    }
    Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                           std::uint64_t from, http::Sink& sink) override {
        note("read_blob " + blob.digest.str() + " from " + std::to_string(from));
        BreakingSink breaking(*this, sink);
        return store_.read_blob(repository, blob, from, breaking);
    }
    Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) override {
        note("has_blob " + blob.digest.str());
        return store_.has_blob(repository, blob);
    }
    Result<void> write_blob(std::string_view repository, const oci::Descriptor& blob,
                            http::Source& source) override {
        note("write_blob " + blob.digest.str());
        if (failing_writes-- > 0) {
            char some[100];
            TRY(source.read(some, sizeof some));
            return fail(kind, "the connection broke");
        }
        return store_.write_blob(repository, blob, source);
    }
    Result<bool> mount_blob(std::string_view repository, const oci::Descriptor& blob,
                            std::string_view from_repository) override {
        note("mount_blob " + blob.digest.str() + " from " + std::string(from_repository));
        if (mounts_from == nullptr) return false;
        const std::array blobs = {blob};
        const std::string bytes =
            TRY(std::move(mounts_from->read_blobs(from_repository, blobs).front()));
        TextSource source(bytes);
        TRY(store_.write_blob(repository, blob, source));
        return true;
    }
    Result<void> write_manifest(const ManifestName& name, const RawManifest& manifest,
                                IfExists if_exists) override {
        note("write_manifest " + name.tag_or_digest);
        return store_.write_manifest(name, manifest, if_exists);
    }
    Result<void> may_write(std::string_view repository) override {
        note("may_write");
        return store_.may_write(repository);
    }
    Result<void> remove_manifest(const ManifestName& name) override {
        note("remove_manifest " + name.tag_or_digest);
        return store_.remove_manifest(name);
    }
    Result<std::vector<std::string>> tags(std::string_view repository) override {
        note("tags");
        return store_.tags(repository);
    }
    Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                   const oci::Digest& subject) override {
        note("referrers " + subject.str());
        return store_.referrers(repository, subject);
    }

  private:
    class BreakingSink final : public http::Sink {
      public:
        BreakingSink(const FaultyStore& store, http::Sink& sink) : store_(store), sink_(sink) {}
        Result<bool> write(std::string_view bytes) override {
            std::string changed(bytes);
            if (store_.changes_bytes) changed[0] = static_cast<char>(changed[0] + 1);
            if (store_.break_reads_after == 0) return sink_.write(changed);
            // In small pieces, as a network does.
            TRY(sink_.write(std::string_view(changed).substr(0, store_.break_reads_after)));
            return fail(store_.kind, "the connection broke");
        }

      private:
        const FaultyStore& store_;
        http::Sink& sink_;
    };

    void note(std::string call) {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
    }

    Store& store_;
    mutable std::mutex mutex_;
    std::vector<std::string> calls_;
};

}  // namespace lockstep::images
