#pragma once

#include <span>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "project/project.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// Judges every release of a history that is not context. Pure: the same history and project give
/// the same audit on any machine at any time. The audit borrows the history.
///
/// `surfaces`: only these; empty: all.
Audit judge(const evidence::History& history, const project::Project& project,
            std::span<const manifest::Surface> surfaces = {});

}  // namespace lockstep::verify
