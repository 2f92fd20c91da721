#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/loader.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Runs the generators that `configs` configure, in order, and adds what they make to the objects.
/// Errors: `invalid` where kustomize refuses one or it fails; `unsupported` for charts, and where
/// one is no builtin.
Result<void> run_builtin_generators(Build& build, const Loader& loader, const Resources& configs,
                                    Resources& objects);

}  // namespace lockstep::kustomize
