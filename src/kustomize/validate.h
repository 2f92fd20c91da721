#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/loader.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Runs the validators that `configs` configure: transformers that may look, and leave the label
/// `validated-by`, but change nothing. Writing what is there already counts as a change.
/// Errors: as of transformers; `invalid` where one changes an object.
Result<void> run_validators(Build& build, const Loader& loader, const Resources& configs,
                            Resources& objects);

}  // namespace lockstep::kustomize
