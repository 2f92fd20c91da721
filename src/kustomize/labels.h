#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Sets the pairs of each `labels` entry where the entry says, then `commonLabels` in metadata,
/// selectors and templates. A label that is there is overwritten.
Result<void> apply_labels(Build& build, Resources& objects, const Kustomization& file);

/// Sets `commonAnnotations` in metadata and templates.
Result<void> apply_annotations(Build& build, Resources& objects, const Pairs& annotations);

}  // namespace lockstep::kustomize
