#include "report/deployed.h"
#include "cli/color.h"
#include "cli/commands.h"
#include "cli/deployed_projects.h"
#include "cli/version.h"
#include "cluster/access.h"
#include "cluster/api.h"
#include "cluster/survey.h"
#include "os/terminal.h"

namespace lockstep::cli {

namespace {

Result<cluster::Api> open_cluster(const Options& options) {
    const cluster::Access access =
        TRY(cluster::find_access({.kubeconfig = options.kubeconfig, .context = options.context}));
    return cluster::Api::open(access, {.user_agent = "lockstep/" + std::string(tool_version())});
}

cluster::Scope scope_of(const Options& options, const cluster::Api& api) {
    if (options.all_namespaces) return {};
    if (!options.namespaces.empty()) return options.namespaces;
    return {api.access().name_space};
}

}  // namespace

Result<int> run_deployed(const Options& options, Output& out) {
    if (options.all_namespaces && !options.namespaces.empty())
        return fail(Error::Kind::usage, "--all-namespaces and --namespace name different places",
                    "leave one of them out");
    Progress progress(!options.quiet);
    cluster::Api api = TRY(open_cluster(options));
    std::vector<DeployedProject> projects = TRY(deployed_projects(options, progress));
    const evidence::Deployed deployed =
        TRY(cluster::survey(api, scope_of(options, api), [&](std::size_t) {}));
    const verify::DeployedAudit audit = TRY(judge_projects(deployed, projects, options));
    report::DeployedOptions shown = {
        .color = wants_color(options), .quiet = options.quiet, .verbose = options.verbose};
    if (const auto width = os::terminal_width(os::StandardStream::out)) shown.width = *width;
    report::write_deployed_text(audit, shown, out.stream());
    return verify::exit_status(audit);
}

}  // namespace lockstep::cli
