#pragma once

#include <span>

#include "evidence/deployed.h"
#include "verify/deployed.h"
#include "verify/judge_container.h"

namespace lockstep::verify {

/// Holds what runs in a cluster against the releases of projects. Pure. An image that several
/// projects call their own is judged by the first. Borrows all that it is given.
DeployedAudit judge_deployed(const evidence::Deployed& deployed,
                             std::span<const ExpectedProject> projects);

}  // namespace lockstep::verify
