#include "cli/open_cluster.h"

#include <string>

#include "cli/version.h"
#include "cluster/access.h"

namespace lockstep::cli {

Result<cluster::Api> open_cluster(const Options& options) {
    const cluster::Access access =
        TRY(cluster::find_access({.kubeconfig = options.kubeconfig, .context = options.context}));
    return cluster::Api::open(access, {.user_agent = "lockstep/" + std::string(tool_version())});
}

}  // namespace lockstep::cli
