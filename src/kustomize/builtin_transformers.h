#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/loader.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Runs the transformers that `configs` configure, in order, on the objects.
/// Errors: `invalid` where kustomize refuses one or it fails; `unsupported` where one is no
/// builtin.
Result<void> run_transformers(Build& build, const Loader& loader, const Resources& configs,
                              Resources& objects);

/// The same of one.
Result<void> run_transformer(Build& build, const Loader& loader, const Resource& config,
                             Resources& objects);

}  // namespace lockstep::kustomize
