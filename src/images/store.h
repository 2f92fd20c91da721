#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "oci/digest.h"
#include "oci/manifest.h"

/// Where images are: registries and layouts, behind one interface; copying between them.
namespace lockstep::images {

/// A manifest as bytes: what its digest names.
struct RawManifest {
    oci::Descriptor descriptor;  // media type, digest, size
    std::string bytes;
};

/// One manifest of a repository: by tag or by digest ("sha256:…").
struct ManifestName {
    std::string repository;  // "library/nginx"; empty in a layout
    std::string tag_or_digest;

    bool is_digest() const { return tag_or_digest.contains(':'); }
    bool operator==(const ManifestName&) const = default;
};

/// A registry, or a layout on disk: repositories of manifests and blobs.
///
/// `not_found` means that it is certainly not there, and nothing else does: what could not be asked
/// is `denied` or `unavailable`. Everything that is read is checked against its digest before it is
/// given out, at the latest with its last byte (`corrupt`). Thread-safe.
class Store {
  public:
    virtual ~Store() = default;

    /// What people call it: "registry.k8s.io", "oci:images".
    virtual std::string title() const = 0;

    /// The descriptors of many manifests at once, in their order: media type, digest, size.
    virtual std::vector<Result<oci::Descriptor>> resolve(std::span<const ManifestName> names) = 0;
    /// Many manifests at once, in their order.
    virtual std::vector<Result<RawManifest>> read_manifests(
        std::span<const ManifestName> names) = 0;
    /// Many small blobs (configs) at once, in their order; each at most `oci::config_bytes_max`.
    virtual std::vector<Result<std::string>> read_blobs(std::string_view repository,
                                                        std::span<const oci::Descriptor> blobs) = 0;

    /// Streams a blob from byte `from` on into `sink`; checked when `from` is 0.
    virtual Result<void> read_blob(std::string_view repository, const oci::Descriptor& blob,
                                   std::uint64_t from, http::Sink& sink) = 0;
    /// A blob that is at hand, from its first byte on: it can begin again, gives `blob.size` bytes,
    /// and has not checked them, since `write_blob` does. Null where bytes have to be fetched.
    virtual Result<std::unique_ptr<http::Source>> open_blob(std::string_view repository,
                                                            const oci::Descriptor& blob) {
        static_cast<void>(repository);
        static_cast<void>(blob);
        return nullptr;
    }
    virtual Result<bool> has_blob(std::string_view repository, const oci::Descriptor& blob) = 0;
    /// Puts what `source` gives there, `blob.size` bytes of that digest, also where it is there
    /// already (`has_blob` tells). An error leaves nothing that could be read under the digest.
    virtual Result<void> write_blob(std::string_view repository, const oci::Descriptor& blob,
                                    http::Source& source) = 0;
    /// Makes a blob of another repository of this store one of `repository`, without moving it;
    /// false where the store does not.
    virtual Result<bool> mount_blob(std::string_view repository, const oci::Descriptor& blob,
                                    std::string_view from_repository) = 0;

    /// What a tag is replaced by.
    enum class IfExists : std::uint8_t { refuse, replace };
    /// Puts a manifest under a tag or under its digest. With `refuse` an existing tag of another
    /// digest is a `conflict` and of the same digest a success; whoever else writes at the same
    /// moment is seen afterwards at best, see ADR 9. After a reply that was lost the store is asked
    /// what is there. Its blobs and manifests must be there.
    virtual Result<void> write_manifest(const ManifestName& name, const RawManifest& manifest,
                                        IfExists if_exists) = 0;

    /// By digest: removes the manifest, and with it every tag that names it, of which some
    /// registries keep those that they were not asked to remove. By tag: the tag goes, and what it
    /// names may go with it. Blobs stay for the store to collect. Success where it is not there.
    /// `unsupported` where the store removes nothing of the kind.
    virtual Result<void> remove_manifest(const ManifestName& name) = 0;

    /// Whether one may write into `repository` now, asked by beginning to and leaving it: nothing
    /// that anybody reads is changed. `denied`: one may not. Whether a tag may be put or replaced
    /// is another question.
    virtual Result<void> may_write(std::string_view repository) = 0;

    /// All tags, sorted by bytes; `not_found` where there is no such repository.
    virtual Result<std::vector<std::string>> tags(std::string_view repository) = 0;
    /// What says that it is about `subject`, by the referrers API or the fallback tag.
    virtual Result<std::vector<oci::Descriptor>> referrers(std::string_view repository,
                                                           const oci::Digest& subject) = 0;
};

}  // namespace lockstep::images
