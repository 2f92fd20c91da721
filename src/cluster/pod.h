#pragma once

#include <string_view>

#include "base/result.h"
#include "cluster/api.h"
#include "evidence/deployed.h"

namespace lockstep::cluster {

/// One pod by its name. Errors of Api: `not_found` where there is none, `denied` where it may not
/// be read.
Result<evidence::SeenPod> read_pod(Api& api, std::string_view name_space, std::string_view name);

}  // namespace lockstep::cluster
