#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "record/record.h"

namespace lockstep::evidence {

/// What a kustomization renders to.
struct SeenManifest {
    enum class State : std::uint8_t {
        unknown,  // it could not be rendered: see `reason`
        missing,  // certainly no kustomization of the tree
        found,
    };

    State state = State::unknown;
    std::string reason;
    std::string digest;  // "sha256:…" of what `lockstep render` prints

    bool operator==(const SeenManifest&) const = default;
};
/// By root.
using SeenManifests = std::map<std::string, SeenManifest, std::less<>>;

/// The record of a release, and what its recorded kustomizations render to now.
struct SeenRecord {
    std::optional<record::Record> record;  // nothing: it could not be read
    std::string reason;                    // why not
    SeenManifests manifests;

    bool operator==(const SeenRecord&) const = default;
};

/// By tag. A tag without one has no record.
using SeenRecords = std::map<std::string, SeenRecord, std::less<>>;

}  // namespace lockstep::evidence
