#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// Sets the number of replicas of the workloads that have, or had, an entry's name; `invalid` where
/// there is none.
Result<void> apply_replicas(Build& build, Resources& objects, std::span<const Replica> replicas,
                            std::span<const FieldSpec> specs);

}  // namespace lockstep::kustomize
