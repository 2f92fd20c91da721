#pragma once

#include <string>
#include <string_view>

#include "verify/deployed.h"
#include "verify/known_images.h"
#include "verify/pods_of_workloads.h"

namespace lockstep::verify {

/// A project whose images are looked for.
struct ExpectedProject {
    std::string name;
    const KnownImages* images = nullptr;
    /// That everything must be; null: what each workload declares, and where that names no release
    /// the newest one.
    const evidence::Release* release = nullptr;
};

/// Judges one container of a workload, over all of its pods: `judged` says which, and gets the
/// verdict.
void judge_container(const ExpectedProject& project, const WorkloadPods& workload,
                     JudgedContainer& judged);

/// The name of an image in full: "docker.io/library/nginx" of "nginx". What is no reference stays.
std::string full_image_name(std::string_view name);

}  // namespace lockstep::verify
