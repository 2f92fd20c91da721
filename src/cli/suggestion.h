#pragma once

#include <vector>

#include "evidence/evidence.h"
#include "project/project.h"
#include "verify/verdict.h"

namespace lockstep::cli {

/// A configuration that says what discovery found, and why.
struct Suggestion {
    project::Project project;
    std::vector<project::Reason> reasons;
};

/// What `init` writes for a history and the audit of it. Pure.
Suggestion suggest(const evidence::History& history, const verify::Audit& audit);

}  // namespace lockstep::cli
