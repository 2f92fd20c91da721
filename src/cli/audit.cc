#include "cli/audit_report.h"
#include "cli/commands.h"

namespace lockstep::cli {

Result<int> run_audit(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    auto workspace = TRY(workspace::Workspace::open(workspace_options(options, progress)));
    auto history = TRY(workspace.history({.since = options.since, .limit = options.limit}));
    // An audit of a strange repository calls nobody.
    return judge_and_report(
        workspace, std::move(history), options,
        {.registry = AskRegistry::off, .records = workspace::RecordSource::repository}, out);
}

}  // namespace lockstep::cli
