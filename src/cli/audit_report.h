#pragma once

#include "base/result.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "workspace/workspace.h"

/// What verify and audit have in common.
namespace lockstep::cli {

/// `progress` is borrowed by what is returned.
workspace::Options workspace_options(const Options& options, Progress& progress);

/// Judges what was gathered and reports it in the format that was asked for; the exit status.
Result<int> judge_and_report(const evidence::History& history, const project::Project& project,
                             const Options& options, Output& out);

}  // namespace lockstep::cli
