#include "cli/audit_report.h"
#include "cli/commands.h"

namespace lockstep::cli {

Result<int> run_audit(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    auto workspace = TRY(workspace::Workspace::open(workspace_options(options, progress)));
    const auto history = TRY(workspace.history({.since = options.since, .limit = options.limit}));
    return judge_and_report(history, workspace.project(), options, out);
}

}  // namespace lockstep::cli
