#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// What was published: a value, kept in the repository under refs/lockstep/releases/<tag> as
/// `record.json`, the file that later checks hold the world against.
namespace lockstep::record {

struct Platform {
    std::string name;    // "linux/arm64/v8"
    std::string digest;  // of its manifest

    bool operator==(const Platform&) const = default;
};

/// An image or a packaged chart.
struct Artifact {
    std::string reference;            // "registry.example.com/kite/kite:v1.2.0"
    std::string digest;               // of the index, or of the only manifest
    std::vector<Platform> platforms;  // empty for a chart

    bool operator==(const Artifact&) const = default;
};

/// A kustomization as it renders at the tag.
struct Manifest {
    std::string root;    // its directory; empty: the root of the tree
    std::string digest;  // "sha256:…" of what `lockstep render` prints

    bool operator==(const Manifest&) const = default;
};

struct Record {
    enum class Origin : std::uint8_t {
        release,     // published by lockstep, which made it at that moment
        afterwards,  // published by other means; what was found later
    };

    Origin origin = Origin::release;
    std::string tag, version;
    std::string component;   // empty: the product
    std::string tag_object;  // what the ref names; the commit itself for a lightweight tag
    std::string commit, tree;
    std::string source;     // the commit that the release was made from; empty: unknown
    std::string mode;       // "tag", "digest"; empty: unknown
    std::int64_t time = 0;  // seconds since 1970 UTC
    std::string tool;       // "lockstep 0.1.0"
    std::vector<Artifact> images, charts;  // by reference
    std::vector<Manifest> manifests;       // by root

    bool operator==(const Record&) const = default;
};

inline constexpr std::string_view file_name = "record.json";
/// "refs/lockstep/releases/v1.2.0".
std::string ref_of(std::string_view tag);
inline constexpr std::string_view ref_prefix = "refs/lockstep/releases/";

/// Pretty JSON with "schemaVersion": 1, see schemas/record.schema.json. The same record gives the
/// same bytes.
std::string write(const Record& record);
/// `name` is said in errors. `invalid`: no such file; `unsupported`: a newer schema.
Result<Record> parse(const std::string& name, std::string_view bytes);

}  // namespace lockstep::record
