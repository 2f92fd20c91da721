#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"
#include "kustomize/transformer_config.h"

namespace lockstep::kustomize {

/// Sets the pairs, labels or annotations, in the mappings at `specs`. One that is there is
/// overwritten.
Result<void> set_pairs(Build& build, Resources& objects, const Pairs& pairs,
                       std::span<const FieldSpec> specs);

/// Where an entry of `labels` says that its pairs are set.
/// Errors: as of `merged` configurations.
Result<std::span<const FieldSpec>> label_fields(yaml::Arena& arena, const Label& label,
                                                const TransformerConfig& config);

}  // namespace lockstep::kustomize
