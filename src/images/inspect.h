#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "images/store.h"

namespace lockstep::images {

/// One platform of an image. Attestations and other artifacts of an index are none.
struct PlatformImage {
    oci::Platform platform;  // as the index says; of a manifest alone, as its config does
    oci::Descriptor manifest;
    oci::Annotations annotations;  // of the manifest
    oci::Config config;
    std::string config_digest;

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
/// configs; what several images share is read once. The results in the order of the names.
///
/// `not_found` says that the image itself is not there. Where a part of it is not, the image is
/// `corrupt`. `invalid`: an index that says other sizes or types than its manifests have, more than
/// 1,000 manifests, or indexes more than 4 deep.
std::vector<Result<Inspected>> inspect(Store& store, std::span<const ManifestName> names);

}  // namespace lockstep::images
