#include "verify/pods_of_workloads.h"

#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace lockstep::verify {

namespace {

using evidence::SeenPod;
using evidence::SeenWorkload;

using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

/// Controllers between a pod and its workload: ReplicaSet and Deployment, Job and CronJob, and one
/// that somebody puts on top.
constexpr unsigned steps_max = 4;

class Owners {
  public:
    explicit Owners(const evidence::Deployed& deployed) {
        for (const SeenWorkload& workload : deployed.workloads)
            known_.emplace(Key{workload.name_space, workload.kind, workload.name}, &workload);
    }

    const SeenWorkload* find(const Key& key) const {
        const auto found = known_.find(key);
        return found == known_.end() ? nullptr : found->second;
    }

    /// Whether somebody above it is what people call the workload: what is known of that, or a
    /// kind that makes ReplicaSets and Jobs of its own.
    bool has_parent(const SeenWorkload& workload) const {
        if (workload.controller.kind.empty()) return false;
        return workload.kind == "ReplicaSet" || workload.kind == "Job" ||
               find({workload.name_space, workload.controller.kind, workload.controller.name}) !=
                   nullptr;
    }

    Key top(Key key) const {
        for (unsigned step = 0; step < steps_max; ++step) {
            const SeenWorkload* const workload = find(key);
            if (workload == nullptr || !has_parent(*workload)) break;
            key = {std::get<0>(key), workload->controller.kind, workload->controller.name};
        }
        return key;
    }

  private:
    std::map<Key, const SeenWorkload*> known_;
};

Key workload_of(const SeenPod& pod, const Owners& owners) {
    // Of a static pod the controller is the node that it stands on.
    if (pod.controller.kind.empty() || pod.controller.kind == "Node")
        return {pod.name_space, "Pod", pod.name};
    return owners.top({pod.name_space, pod.controller.kind, pod.controller.name});
}

}  // namespace

std::vector<WorkloadPods> pods_of_workloads(const evidence::Deployed& deployed) {
    const Owners owners(deployed);
    std::map<Key, WorkloadPods> found;
    const auto entry_of = [&](const Key& key) -> WorkloadPods& {
        const auto [at, is_new] = found.try_emplace(key);
        if (is_new)
            at->second = {.name_space = std::string(std::get<0>(key)),
                          .kind = std::string(std::get<1>(key)),
                          .name = std::string(std::get<2>(key)),
                          .workload = owners.find(key)};
        return at->second;
    };
    for (const SeenWorkload& workload : deployed.workloads)
        if (!owners.has_parent(workload))
            entry_of({workload.name_space, workload.kind, workload.name});
    for (const SeenPod& pod : deployed.pods) {
        const Key key = workload_of(pod, owners);
        if (!pod.has_ended || std::get<1>(key) == "Job") entry_of(key).pods.push_back(&pod);
    }
    std::vector<WorkloadPods> workloads;
    workloads.reserve(found.size());
    for (auto& [key, workload] : found) workloads.push_back(std::move(workload));
    return workloads;
}

}  // namespace lockstep::verify
