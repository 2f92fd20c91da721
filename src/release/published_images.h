#pragma once

#include "base/result.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// Reads every image tag of a release back. `conflict` where one is another digest, or is not
/// there: somebody else wrote or removed it.
Result<void> check_published_images(Site& site, const State& state);

}  // namespace lockstep::release
