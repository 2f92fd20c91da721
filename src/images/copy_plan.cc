#include "images/copy_plan.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "oci/media_type.h"
#include "os/parallel.h"

namespace lockstep::images {

namespace {

constexpr unsigned depth_max = 4;  // of indexes in indexes, and of referrers of referrers
constexpr std::size_t manifest_bytes_in_all = 32u << 20;
constexpr std::size_t referrers_max = 1000;
constexpr std::size_t batch = 16;  // answers of up to 4 MiB that are held at once

/// An error about a part of an image is not one about the image.
std::unexpected<Error> fail_part(Error error, const oci::Descriptor& part) {
    if (error.kind == Error::Kind::not_found) error.kind = Error::Kind::corrupt;
    error.message = "manifest " + part.digest.str() + ": " + error.message;
    return std::unexpected<Error>(std::move(error));
}

class Planner {
  public:
    Planner(Store& from, std::string repository, const CopyOptions& options)
        : from_(from), repository_(std::move(repository)), options_(options) {}

    Result<CopyPlan> run(RawManifest root) {
        seen_.insert(root.descriptor.digest);
        std::vector<RawManifest> first;
        first.push_back(std::move(root));
        std::vector<RawManifest> image = TRY(with_parts(std::move(first)));
        std::vector<RawManifest> referrers;
        if (options_.referrers) referrers = TRY(read_referrers(image));
        CopyPlan plan{.root = std::move(image.back())};
        image.pop_back();
        plan.parts = std::move(image);
        plan.referrers = std::move(referrers);
        plan.referrer_count = referrer_count_;
        for (auto& [digest, blob] : blobs_) plan.blobs.push_back(std::move(blob));
        // What takes longest begins first, so that all end at about the same time.
        std::ranges::stable_sort(plan.blobs, std::greater(), &oci::Descriptor::size);
        plan.skipped = std::move(skipped_);
        return plan;
    }

  private:
    /// A manifest and which ones it names.
    struct Node {
        RawManifest manifest;
        std::vector<oci::Digest> children;
    };
    using Nodes = std::map<oci::Digest, Node>;

    /// These and all that is below them, what is named before what names it.
    Result<std::vector<RawManifest>> with_parts(std::vector<RawManifest> manifests) {
        const std::vector<oci::Digest> roots = digests_of(manifests);
        Nodes nodes;
        for (unsigned depth = 0; !manifests.empty(); ++depth) {
            if (depth > depth_max)
                return fail(Error::Kind::invalid, "indexes within indexes, more than " +
                                                      std::to_string(depth_max) + " deep");
            const std::vector<oci::Descriptor> below = TRY(take(std::move(manifests), nodes));
            manifests = TRY(read_new(below));
        }
        std::vector<RawManifest> ordered;
        for (const oci::Digest& root : roots) put_in_order(root, nodes, ordered);
        return ordered;
    }

    /// Children first; each once, since it leaves `nodes`. As deep as indexes are.
    static void put_in_order(const oci::Digest& digest, Nodes& nodes,
                             std::vector<RawManifest>& ordered) {
        auto found = nodes.extract(digest);
        if (found.empty()) return;
        for (const oci::Digest& child : found.mapped().children)
            put_in_order(child, nodes, ordered);
        ordered.push_back(std::move(found.mapped().manifest));
    }

    /// Those that were not seen yet.
    Result<std::vector<RawManifest>> read_new(const std::vector<oci::Descriptor>& entries) {
        std::vector<ManifestName> names;
        std::vector<const oci::Descriptor*> wanted;
        for (const oci::Descriptor& entry : entries) {
            if (!seen_.insert(entry.digest).second) continue;
            names.push_back({repository_, entry.digest.str()});
            wanted.push_back(&entry);
        }
        std::vector<RawManifest> read;
        for (std::size_t start = 0; start < names.size(); start += batch) {
            const std::span some =
                std::span(names).subspan(start, std::min(batch, names.size() - start));
            std::vector<Result<RawManifest>> manifests = from_.read_manifests(some);
            for (std::size_t at = 0; at < some.size(); ++at) {
                if (!manifests[at].has_value())
                    return fail_part(std::move(manifests[at].error()), *wanted[start + at]);
                read.push_back(std::move(*manifests[at]));
            }
            TRY(count(std::span(read).last(some.size())));
        }
        return read;
    }

    Result<void> count(std::span<const RawManifest> manifests) {
        for (const RawManifest& manifest : manifests) bytes_ += manifest.bytes.size();
        if (bytes_ <= manifest_bytes_in_all) return {};
        return fail(Error::Kind::invalid, "the image's manifests have more than " +
                                              std::to_string(manifest_bytes_in_all) + " bytes");
    }

    /// Notes the blobs of manifests; what their indexes name.
    Result<std::vector<oci::Descriptor>> take(std::vector<RawManifest> manifests, Nodes& nodes) {
        std::vector<oci::Descriptor> below;
        for (RawManifest& manifest : manifests) {
            const oci::Digest digest = manifest.descriptor.digest;
            const oci::Document document = TRY(oci::parse_document(
                repository_ + '@' + digest.str(), manifest.descriptor.media_type, manifest.bytes));
            Node node{.manifest = std::move(manifest), .children = {}};
            const bool is_index = std::holds_alternative<oci::Index>(document);
            for (oci::Descriptor& child : oci::children_of(document)) {
                if (!is_index) {
                    TRY(add_blob(std::move(child)));
                    continue;
                }
                node.children.push_back(child.digest);
                below.push_back(std::move(child));
            }
            nodes.emplace(digest, std::move(node));
        }
        return below;
    }

    Result<void> add_blob(oci::Descriptor blob) {
        const auto [found, is_new] = blobs_.try_emplace(blob.digest, blob);
        if (found->second.size != blob.size)
            return fail(Error::Kind::invalid,
                        "blob " + blob.digest.str() + " has " + std::to_string(blob.size) +
                            " bytes by one manifest and " + std::to_string(found->second.size) +
                            " by another");
        if (!is_new || !oci::media_type::is_nondistributable(blob.media_type)) return {};
        blobs_.erase(found);
        if (skipped_digests_.insert(blob.digest).second)
            skipped_.push_back({.blob = std::move(blob),
                                .reason = "its media type says that it may not be distributed"});
        return {};
    }

    Result<std::vector<RawManifest>> read_referrers(const std::vector<RawManifest>& image) {
        std::vector<RawManifest> referrers;
        std::vector<oci::Digest> subjects = digests_of(image);
        for (unsigned depth = 0; !subjects.empty(); ++depth) {
            const std::vector<oci::Descriptor> found = TRY(referrers_of(subjects));
            if (depth == depth_max && !found.empty())
                return fail(Error::Kind::invalid, "referrers of referrers, more than " +
                                                      std::to_string(depth_max) + " deep");
            referrer_count_ += found.size();
            if (referrer_count_ > referrers_max)
                return fail(Error::Kind::invalid, "the image has more than " +
                                                      std::to_string(referrers_max) + " referrers");
            std::vector<RawManifest> manifests = TRY(with_parts(TRY(read_new(found))));
            subjects = digests_of(manifests);
            std::ranges::move(manifests, std::back_inserter(referrers));
        }
        return referrers;
    }

    static std::vector<oci::Digest> digests_of(const std::vector<RawManifest>& manifests) {
        std::vector<oci::Digest> digests;
        for (const RawManifest& manifest : manifests) digests.push_back(manifest.descriptor.digest);
        return digests;
    }

    /// Those that were not seen yet, each once.
    Result<std::vector<oci::Descriptor>> referrers_of(const std::vector<oci::Digest>& subjects) {
        std::vector<Result<std::vector<oci::Descriptor>>> answers = os::parallel_map(
            subjects, std::max(options_.jobs, 1u),
            [&](const oci::Digest& subject) { return from_.referrers(repository_, subject); });
        std::vector<oci::Descriptor> found;
        std::set<oci::Digest> digests;
        for (Result<std::vector<oci::Descriptor>>& answer : answers) {
            if (!answer.has_value()) return answer;
            for (oci::Descriptor& referrer : *answer)
                if (!seen_.contains(referrer.digest) && digests.insert(referrer.digest).second)
                    found.push_back(std::move(referrer));
        }
        return found;
    }

    Store& from_;
    std::string repository_;
    const CopyOptions& options_;
    std::set<oci::Digest> seen_;
    std::size_t bytes_ = 0, referrer_count_ = 0;
    std::map<oci::Digest, oci::Descriptor> blobs_;
    std::vector<SkippedBlob> skipped_;
    std::set<oci::Digest> skipped_digests_;
};

}  // namespace

Result<CopyPlan> plan_copy(Store& from, const ManifestName& name, RawManifest root,
                           const CopyOptions& options) {
    return Planner(from, name.repository, options).run(std::move(root));
}

}  // namespace lockstep::images
