#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Puts `prefix` before, or `suffix` behind, the names of all objects but Namespaces,
/// CustomResourceDefinitions and APIServices. References to the names follow at the end of a build.
Result<void> apply_prefix(Build& build, Resources& objects, const Text& prefix);
Result<void> apply_suffix(Build& build, Resources& objects, const Text& suffix);

}  // namespace lockstep::kustomize
