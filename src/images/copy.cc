#include "images/copy.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include "images/blob_transfer.h"
#include "images/copy_plan.h"
#include "os/ending.h"
#include "os/parallel.h"

namespace lockstep::images {

namespace {

constexpr std::chrono::milliseconds between_reports(100);

/// Counts for several threads, and reports now and then.
class Progress {
  public:
    Progress(const CopyPlan& plan, const std::function<void(const CopyProgress&)>& report)
        : report_(report) {
        counts_.blobs_total = plan.blobs.size();
        for (const oci::Descriptor& blob : plan.blobs) counts_.bytes_total += blob.size;
    }
    void add(std::int64_t bytes, std::size_t blobs) {
        const std::lock_guard lock(mutex_);
        counts_.bytes_done += static_cast<std::uint64_t>(bytes);  // wraps round where below 0
        counts_.blobs_done += blobs;
        const auto now = std::chrono::steady_clock::now();
        if (!report_ || (now < next_ && counts_.blobs_done < counts_.blobs_total)) return;
        next_ = now + between_reports;
        report_(counts_);
    }

  private:
    const std::function<void(const CopyProgress&)>& report_;
    std::mutex mutex_;
    CopyProgress counts_;
    std::chrono::steady_clock::time_point next_ = {};
};

class Copying {
  public:
    Copying(Store& from, const ManifestName& from_name, Store& to, const ManifestName& to_name,
            const CopyOptions& options)
        : from_(from), from_name_(from_name), to_(to), to_name_(to_name), options_(options) {}

    Result<Copied> run() {
        const std::array names = {from_name_};
        RawManifest root = TRY(std::move(from_.read_manifests(names).front()));
        copied_.descriptor = root.descriptor;
        const bool has_name = TRY(settle_name());
        if (has_name && !options_.referrers) return std::move(copied_);
        const CopyPlan plan = TRY(plan_copy(from_, from_name_, std::move(root), options_));
        copied_.skipped = plan.skipped;
        TRY(copy_blobs(plan));
        TRY(write_missing(plan.parts));
        // A subject stands before what is about it, and the name comes last.
        if (!has_name && !plan.referrers.empty()) TRY(write_missing(std::span(&plan.root, 1)));
        TRY(write_all(plan.referrers));
        copied_.referrers = plan.referrer_count;
        if (!has_name) TRY(write_name(plan.root));
        return std::move(copied_);
    }

  private:
    std::string shown_to() const {
        return to_.title() + (to_name_.repository.empty() ? "" : '/' + to_name_.repository) +
               (to_name_.is_digest() ? '@' : ':') + to_name_.tag_or_digest;
    }

    /// Whether the name is on this image already.
    Result<bool> settle_name() {
        const oci::Digest& digest = copied_.descriptor.digest;
        if (to_name_.is_digest() && to_name_.tag_or_digest != digest.str())
            return fail(Error::Kind::usage,
                        "the image is " + digest.str() + ", it cannot be put under " +
                            to_name_.tag_or_digest,
                        "name a tag, or the same digest");
        const std::array names = {to_name_};
        Result<oci::Descriptor> there = std::move(to_.resolve(names).front());
        if (!there.has_value() && there.error().kind == Error::Kind::not_found) return false;
        const oci::Descriptor found = TRY(std::move(there));
        if (found.digest == digest) return true;
        if (options_.if_exists == Store::IfExists::replace) return false;
        return fail(
            Error::Kind::conflict,
            '`' + shown_to() + "` is " + found.digest.str() + ", not " + digest.str(),
            "a published name does not move: choose another one; --if-absent=false moves it "
            "all the same");
    }

    Result<void> copy_blobs(const CopyPlan& plan) {
        Progress progress(plan, options_.progress);
        const std::function<void(std::int64_t)> moved = [&](std::int64_t bytes) {
            progress.add(bytes, 0);
        };
        const BlobTransfer transfer{.from = from_,
                                    .from_repository = from_name_.repository,
                                    .to = to_,
                                    .to_repository = to_name_.repository,
                                    .is_stopped = is_stopped_,
                                    .moved = moved};
        os::parallel_for(plan.blobs.size(), std::max(options_.jobs, 1u), [&](std::size_t at) {
            const oci::Descriptor& blob = plan.blobs[at];
            if (is_stopped_.load()) return;
            if (os::is_ending())
                return stop({.kind = Error::Kind::unavailable,
                             .message = "interrupted",
                             .hint = "",
                             .at = {}});
            Result<void> done = copy_blob(transfer, blob, progress);
            if (done.has_value()) return progress.add(0, 1);
            done.error().message = "blob " + blob.digest.str() + ": " + done.error().message;
            stop(std::move(done.error()));
        });
        if (failure_.has_value()) return std::unexpected<Error>(std::move(*failure_));
        return {};
    }

    Result<void> copy_blob(const BlobTransfer& transfer, const oci::Descriptor& blob,
                           Progress& progress) {
        const auto count = [&](std::size_t Copied::*blobs) {
            const std::lock_guard lock(mutex_);
            ++(copied_.*blobs);
        };
        if (TRY(to_.has_blob(to_name_.repository, blob))) {
            count(&Copied::blobs_present);
            progress.add(static_cast<std::int64_t>(blob.size), 0);
            return {};
        }
        if (is_within_one_store() &&
            TRY(to_.mount_blob(to_name_.repository, blob, from_name_.repository))) {
            count(&Copied::blobs_mounted);
            progress.add(static_cast<std::int64_t>(blob.size), 0);
            return {};
        }
        const std::uint64_t bytes = TRY(images::transfer(transfer, blob));
        count(&Copied::blobs_moved);
        const std::lock_guard lock(mutex_);
        copied_.bytes_moved += bytes;
        return {};
    }

    // One may be the cache over the other: then they say the same.
    bool is_within_one_store() const {
        return from_.title() == to_.title() && from_name_.repository != to_name_.repository;
    }

    void stop(Error error) {
        const std::lock_guard lock(mutex_);
        // What others say from now on is that they were stopped.
        if (!failure_.has_value()) failure_ = std::move(error);
        is_stopped_ = true;
    }

    Result<void> write_missing(std::span<const RawManifest> manifests) {
        std::vector<ManifestName> names;
        for (const RawManifest& manifest : manifests)
            names.push_back({to_name_.repository, manifest.descriptor.digest.str()});
        const std::vector<Result<oci::Descriptor>> there = to_.resolve(names);
        // One after the other: an index may be among them, behind what it names.
        for (std::size_t at = 0; at < names.size(); ++at) {
            if (there[at].has_value()) continue;
            if (there[at].error().kind != Error::Kind::not_found)
                return std::unexpected<Error>(there[at].error());
            TRY(to_.write_manifest(names[at], manifests[at], Store::IfExists::refuse));
            ++copied_.manifests;
        }
        return {};
    }

    /// Also those that are there: being listed for their subject is more than that.
    Result<void> write_all(std::span<const RawManifest> manifests) {
        for (const RawManifest& manifest : manifests) {
            TRY(to_.write_manifest({to_name_.repository, manifest.descriptor.digest.str()},
                                   manifest, Store::IfExists::refuse));
            ++copied_.manifests;
        }
        return {};
    }

    Result<void> write_name(const RawManifest& root) {
        TRY(to_.write_manifest(to_name_, root, options_.if_exists));
        ++copied_.manifests;
        return {};
    }

    Store& from_;
    const ManifestName& from_name_;
    Store& to_;
    const ManifestName& to_name_;
    const CopyOptions& options_;
    std::atomic<bool> is_stopped_ = false;
    std::mutex mutex_;  // of what is below, while blobs are under way
    std::optional<Error> failure_;
    Copied copied_ = {.descriptor = {.media_type = {}, .digest = oci::Digest::of("")}};
};

}  // namespace

Result<Copied> copy(Store& from, const ManifestName& from_name, Store& to,
                    const ManifestName& to_name, const CopyOptions& options) {
    return Copying(from, from_name, to, to_name, options).run();
}

}  // namespace lockstep::images
