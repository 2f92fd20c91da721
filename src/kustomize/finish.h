#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/build_metadata.h"

namespace lockstep::kustomize {

/// What is done to every object at the very end of a build: those marked as local configuration are
/// dropped, the label of `buildMetadata` is set, and annotations are written anew, as texts,
/// without those of kustomize's own that nobody asked for.
Result<void> finish(Build& build, const BuildMetadata& metadata, Resources& objects);

}  // namespace lockstep::kustomize
