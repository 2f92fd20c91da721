#pragma once

#include <vector>

#include "evidence/evidence.h"
#include "project/project.h"

namespace lockstep::verify {

/// A configuration that says of a history what discovery found in it, each entry with the reason:
/// what `lockstep init` writes.
struct Proposal {
    project::Project project;
    std::vector<project::Reason> reasons;
};
Proposal propose(const evidence::History& history);

}  // namespace lockstep::verify
