#pragma once

#include <span>
#include <string>

#include "evidence/deployed.h"
#include "verify/deployed.h"
#include "verify/known_images.h"

namespace lockstep::verify {

/// A project whose images are looked for.
struct ExpectedProject {
    std::string name;
    const KnownImages* images = nullptr;
    /// That everything must be; null: what each workload declares, and where that names no release
    /// the newest one.
    const evidence::Release* release = nullptr;
};

/// Holds what runs in a cluster against the releases of projects. Pure. An image that several
/// projects call their own is judged by the first. Borrows all that it is given.
DeployedAudit judge_deployed(const evidence::Deployed& deployed,
                             std::span<const ExpectedProject> projects);

}  // namespace lockstep::verify
