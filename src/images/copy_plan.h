#pragma once

#include <vector>

#include "base/result.h"
#include "images/copy.h"
#include "images/store.h"

namespace lockstep::images {

/// What belongs to an image, by digest and each once.
struct CopyPlan {
    RawManifest root;
    /// Below the image: what is named stands before what names it.
    std::vector<RawManifest> parts = {};
    /// What refers to it or to its parts, and their own parts: what is named, or referred to,
    /// stands before what does.
    std::vector<RawManifest> referrers = {};
    std::size_t referrer_count = 0;           // without their parts
    std::vector<oci::Descriptor> blobs = {};  // of all of these; the largest first
    std::vector<SkippedBlob> skipped = {};
};

/// Reads the manifests of an image, see `copy`.
Result<CopyPlan> plan_copy(Store& from, const ManifestName& name, RawManifest root,
                           const CopyOptions& options);

}  // namespace lockstep::images
