#pragma once

#include "base/result.h"
#include "kustomize/build.h"

namespace lockstep::kustomize {

/// Puts the hash of its content behind the name of each generated object that wants one.
Result<void> add_hashes(Build& build, Resources& objects);

}  // namespace lockstep::kustomize
