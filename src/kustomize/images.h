#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Applies the entries of `images`, in order, to every image of the objects: in lists called
/// `containers` and `initContainers` anywhere, then at the fields of `specs`.
///
/// A changed image has the mark of the entry's newTag, else its digest, else its tagSuffix; where
/// only the name is new it keeps its own, for its tag is still the one written there.
Result<void> apply_images(Build& build, Resources& objects, std::span<const Image> images,
                          std::span<const FieldSpec> specs);

}  // namespace lockstep::kustomize
