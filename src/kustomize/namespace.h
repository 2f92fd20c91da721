#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Puts every object that is not certainly cluster-scoped into the namespace, renames core
/// Namespaces, and sets the namespace of role binding subjects called `default`. `invalid` where
/// two objects become one.
Result<void> apply_namespace(Build& build, Resources& objects, const Text& space);

}  // namespace lockstep::kustomize
