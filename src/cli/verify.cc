#include "cli/audit_report.h"
#include "cli/commands.h"
#include "cli/gather.h"
#include "cli/verified_images.h"

namespace lockstep::cli {

Result<int> run_verify(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::Options gathering = workspace_options(options, progress);
    // Who asks about one release asks what `kubectl apply -k` would apply.
    gathering.remote_bases = !options.offline;
    Gathered gathered = TRY(gather(options, gathering));
    take_named_images(options, gathered);
    if (options.from_stdin) TRY(check_images_known(gathered));
    return judge_and_report(
        gathered.workspace, std::move(gathered.history), options,
        {.registry = AskRegistry::automatic, .records = workspace::RecordSource::remote}, out);
}

}  // namespace lockstep::cli
