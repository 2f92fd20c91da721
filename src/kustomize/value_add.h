#pragma once

#include "base/result.h"
#include "kustomize/builtin_config.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// A ValueAddTransformer: writes one value, by default the name of the kustomization's directory,
/// to a field of the objects that each target selects, or puts it among the parts of the path that
/// the field holds.
///
/// Errors: `invalid` where the configuration is refused or a path does not fit an object.
Result<void> add_value(Build& build, const Loader& loader, BuiltinConfig& config,
                       Resources& objects);

}  // namespace lockstep::kustomize
