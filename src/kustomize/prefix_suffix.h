#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Puts `prefix` before, or `suffix` behind, the texts at `specs`, names above all, of all objects
/// but Namespaces, CustomResourceDefinitions and APIServices. References to the names follow at the
/// end of a build.
Result<void> apply_prefix(Build& build, Resources& objects, const Text& prefix,
                          std::span<const FieldSpec> specs);
Result<void> apply_suffix(Build& build, Resources& objects, const Text& suffix,
                          std::span<const FieldSpec> specs);

}  // namespace lockstep::kustomize
