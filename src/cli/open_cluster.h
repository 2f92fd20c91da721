#pragma once

#include "base/result.h"
#include "cli/options.h"
#include "cluster/api.h"

namespace lockstep::cli {

/// The cluster that --kubeconfig and --context mean.
Result<cluster::Api> open_cluster(const Options& options);

}  // namespace lockstep::cli
