#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"
#include "kustomize/transformer_config.h"

namespace lockstep::kustomize {

/// What the fields of a kustomization do to the objects, from patches to replacements: in
/// kustomize's order, whatever the order in the file.
Result<void> transform(Build& build, const Loader& loader, const Kustomization& file,
                       const TransformerConfig& config, Resources& objects);

}  // namespace lockstep::kustomize
