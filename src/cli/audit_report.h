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

/// How reports are written for this terminal.
report::Options report_options(const Options& options);

/// What a command does where no flag says it.
struct Habits {
    AskRegistry registry = AskRegistry::automatic;
    workspace::RecordSource records = workspace::RecordSource::repository;
};

/// Looks for records as far as that is wanted.
Result<void> add_records(workspace::Workspace& workspace, evidence::History& history,
                         const Options& options, const Habits& habits);

/// Looks for records and asks registries, as far as that is wanted, judges what was gathered and
/// reports it in the format that was asked for; the exit status.
Result<int> judge_and_report(workspace::Workspace& workspace, evidence::History history,
                             const Options& options, const Habits& habits, Output& out);

}  // namespace lockstep::cli
