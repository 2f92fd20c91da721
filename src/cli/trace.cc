#include "report/trace.h"
#include "cli/answerers.h"
#include "cli/audit_report.h"
#include "cli/commands.h"
#include "trace/judge.h"
#include "workspace/gather_trace.h"

namespace lockstep::cli {

namespace {

workspace::TraceRequest::Records records_of(const Options& options) {
    using enum workspace::TraceRequest::Records;
    if (options.records == AskRecords::off) return nowhere;
    if (options.records == AskRecords::require) return required;
    return options.offline ? repository : remote;
}

}  // namespace

Result<int> run_trace(const Options& options, Output& out) {
    Progress progress(!options.quiet);
    auto workspace = TRY(workspace::Workspace::open(workspace_options(options, progress)));
    Answerers answerers(workspace, options, AskRegistry::automatic);
    for (const std::string& notice : answerers.notices()) print_warning(notice);
    const trace::Seen seen = TRY(workspace::gather_trace(
        workspace,
        {.text = *options.argument,
         .records = records_of(options),
         .offline = options.offline,
         .find = [&](const oci::Reference& reference) { return answerers.find(reference); }}));
    const trace::Page page = trace::judge(seen, workspace.project());
    const report::Options shown = report_options(options);
    if (options.format == report::Format::json)
        report::write_trace_json(page, shown, out.stream());
    else
        report::write_trace_text(page, shown, out.stream());
    return trace::exit_status(page);
}

}  // namespace lockstep::cli
