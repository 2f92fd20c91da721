#include "verify/judge_deployed.h"

#include <algorithm>

#include "oci/reference.h"
#include "verify/pods_of_workloads.h"

namespace lockstep::verify {

namespace {

using evidence::SeenContainer;
using evidence::SeenPod;

/// The containers of a workload, each once: those of its template, then those that only pods have.
std::vector<evidence::DeclaredContainer> containers_of(const WorkloadPods& workload) {
    std::vector<evidence::DeclaredContainer> containers;
    if (workload.workload != nullptr) containers = workload.workload->containers;
    for (const SeenPod* const pod : workload.pods)
        for (const SeenContainer& container : pod->containers) {
            const bool is_there = std::ranges::any_of(containers, [&](const auto& known) {
                return known.kind == container.kind && known.name == container.name;
            });
            if (!is_there) containers.push_back({container.kind, container.name, container.image});
        }
    return containers;
}

const ExpectedProject* owner_of(const std::string& image,
                                std::span<const ExpectedProject> projects) {
    const std::string name = full_image_name(oci::split(image).name);
    for (const ExpectedProject& project : projects)
        if (project.images->is_own(name)) return &project;
    return nullptr;
}

}  // namespace

DeployedAudit judge_deployed(const evidence::Deployed& deployed,
                             std::span<const ExpectedProject> projects) {
    DeployedAudit audit;
    audit.deployed = &deployed;
    for (const WorkloadPods& workload : pods_of_workloads(deployed)) {
        JudgedWorkload judged = {.name_space = workload.name_space,
                                 .kind = workload.kind,
                                 .name = workload.name,
                                 .pods = workload.pods.size()};
        for (const evidence::DeclaredContainer& container : containers_of(workload)) {
            const ExpectedProject* const project = owner_of(container.image, projects);
            if (project == nullptr) continue;
            judged.containers.push_back({.kind = container.kind,
                                         .name = container.name,
                                         .project = project->name,
                                         .declared = container.image});
            judge_container(*project, workload, judged.containers.back());
            judged.verdict = std::max(judged.verdict, judged.containers.back().verdict);
        }
        if (judged.containers.empty())
            ++audit.foreign;
        else
            audit.workloads.push_back(std::move(judged));
    }
    for (const ExpectedProject& project : projects)
        for (const std::string& assumption : project.images->background().own.assumptions())
            audit.assumptions.push_back(assumption);
    return audit;
}

}  // namespace lockstep::verify
