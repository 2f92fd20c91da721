#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "cluster/kubeconfig.h"

namespace lockstep::cluster {

/// Where a cluster is and as whom it is asked.
struct Access {
    std::string context;     // its name; empty: as a pod of the cluster itself
    std::string name_space;  // that is meant where none is named; never empty
    Server server;
    User user;
};

struct AccessOptions {
    std::optional<std::string> kubeconfig;  // a file; unset: as kubectl finds it
    std::optional<std::string> context;     // unset: the current one
    /// Where a pod finds its service account.
    std::string service_account = "/var/run/secrets/kubernetes.io/serviceaccount";
};

/// The context that is meant; where no kubeconfig names one, the service account of the pod that
/// this runs in. `usage` with the contexts that there are, where it is none of them.
Result<Access> find_access(const AccessOptions& options);

}  // namespace lockstep::cluster
