#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/deployed.h"

namespace lockstep::verify {

/// A workload with its pods, however many controllers stand between. Borrows what was seen.
struct WorkloadPods {
    std::string name_space, kind, name;
    /// Null where only its name is known: of a kind that is not read (an Argo Rollout), or one that
    /// could not be.
    const evidence::SeenWorkload* workload = nullptr;
    std::vector<const evidence::SeenPod*> pods;  // that run; of a Job also those that have ended
};

/// By namespace, kind and name. A pod without a controller is its own workload.
std::vector<WorkloadPods> pods_of_workloads(const evidence::Deployed& deployed);

}  // namespace lockstep::verify
