#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "oci/digest.h"

/// Manifests, indexes and configs as values (OCI image specification 1.1: descriptor.md,
/// manifest.md, image-index.md, config.md; Docker image manifest version 2, schema 2). Bytes are
/// what a digest names, so they are kept beside these and never written again from them.
namespace lockstep::oci {

/// Annotations and labels.
using Annotations = std::map<std::string, std::string, std::less<>>;

struct Platform {
    std::string os, architecture, variant, os_version;

    bool operator==(const Platform&) const = default;
};
/// "linux/arm64/v8"; with os_version "windows/amd64:10.0.17763.1".
std::string to_string(const Platform& platform);
/// The platform with what its architecture implies: arm64 is arm64/v8, arm is arm/v7, x86_64 is
/// amd64, aarch64 is arm64/v8.
Platform normalized(Platform platform);

struct Descriptor {
    std::string media_type;
    Digest digest;
    std::uint64_t size = 0;
    std::optional<Platform> platform = {};  // in an index
    std::string artifact_type = {};
    Annotations annotations = {};

    bool operator==(const Descriptor&) const = default;
};

/// What one platform runs, or an artifact.
struct Manifest {
    std::string media_type;
    std::string artifact_type;
    Descriptor config;
    std::vector<Descriptor> layers;
    std::optional<Descriptor> subject;
    Annotations annotations;

    bool operator==(const Manifest&) const = default;
};

/// The manifests of several platforms.
struct Index {
    std::string media_type;
    std::string artifact_type;
    std::vector<Descriptor> manifests;
    std::optional<Descriptor> subject;
    Annotations annotations;

    bool operator==(const Index&) const = default;
};

/// The parts of an image's configuration that say where it comes from.
struct Config {
    Platform platform;
    std::string created;  // RFC 3339, as written; may be empty
    Annotations labels;
    std::vector<std::string> diff_ids;

    bool operator==(const Config&) const = default;
};

using Document = std::variant<Manifest, Index>;

/// Bytes above these are refused before they are parsed. A manifest is at most 4 MiB by the
/// distribution specification ("Pushing manifests").
inline constexpr std::size_t manifest_bytes_max = 4u << 20;
inline constexpr std::size_t config_bytes_max = 4u << 20;

/// Reads a manifest or index. `media_type` is what the source called it (may be empty, or say
/// nothing, as "application/json": then the document must say it, or its shape does). `name` is for
/// messages. `unsupported`: schema 1, a media type of another kind of manifest; `invalid`: no JSON,
/// another shape, a bad digest or size, two members that contradict each other (`manifests` and
/// `layers`), a member whose name differs in case only, a media type in the document that is not
/// the source's; over 10,000 entries. Members that are null count as absent, unknown ones are
/// passed over. The media type of what is returned is never empty.
Result<Document> parse_document(const std::string& name, std::string_view media_type,
                                std::string_view bytes);
Result<Config> parse_config(std::string name, std::string_view bytes);

const std::string& media_type_of(const Document& document);
/// As listings of referrers have it: of a manifest without one its config's media type.
std::string artifact_type_of(const Document& document);
const Annotations& annotations_of(const Document& document);
const std::optional<Descriptor>& subject_of(const Document& document);
/// What the document points at: the manifests of an index; of a manifest its config, then its
/// layers.
std::vector<Descriptor> children_of(const Document& document);

/// Whether an entry of an index is no platform but an attestation or the like: "unknown/unknown",
/// or annotated `vnd.docker.reference.type`, as BuildKit writes it.
bool is_attestation(const Descriptor& entry);

}  // namespace lockstep::oci
