#include "report/consumers.h"
#include "cli/audit_report.h"
#include "cli/commands.h"
#include "consumers/judge.h"
#include "os/file.h"
#include "workspace/gather_consumers.h"

namespace lockstep::cli {

Result<int> run_consumers(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    workspace::ConsumersRequest request = {.directory = *options.argument,
                                           .ref = options.ref,
                                           .projects = options.projects,
                                           .options = workspace_options(options, progress)};
    const bool is_absolute = request.directory.starts_with('/');
    if (!is_absolute && options.directory != ".")
        request.directory = options.directory + '/' + request.directory;
    if (!os::is_directory(request.directory))
        return fail(Error::Kind::usage, "`" + *options.argument + "` is no directory",
                    "name the folder of a GitOps repository: lockstep consumers .");
    const workspace::GatheredConsumers gathered = TRY(workspace::gather_consumers(request));
    for (const std::string& notice : gathered.notices) print_warning(notice);
    const consumers::Scan scan = consumers::judge(gathered.found, gathered.releases);
    report::write_consumers(scan, options.format, report_options(options), out.stream());
    return consumers::exit_status(scan);
}

}  // namespace lockstep::cli
