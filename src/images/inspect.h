#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "images/store.h"

namespace lockstep::images {

/// One platform of an image. Attestations of an index are none.
struct PlatformImage {
    oci::Platform platform;
    oci::Descriptor manifest;
    oci::Annotations annotations;  // of the manifest
    oci::Config config;

    bool operator==(const PlatformImage&) const = default;
};

/// What an image says of itself.
struct Inspected {
    oci::Descriptor descriptor;  // of the index, or of the only manifest
    bool is_index = false;
    oci::Annotations annotations;          // of the index, or of the only manifest
    std::vector<PlatformImage> platforms;  // in the order of the index; empty for an artifact
    std::string artifact_type;             // of an artifact

    bool operator==(const Inspected&) const = default;
};

/// Reads many images of one store at once, level by level: manifests, those of their platforms,
/// configs. The results in the order of the names.
std::vector<Result<Inspected>> inspect(Store& store, std::span<const ManifestName> names);

}  // namespace lockstep::images
