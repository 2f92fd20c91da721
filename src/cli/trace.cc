#include "report/trace.h"

#include <algorithm>

#include "cli/answerers.h"
#include "cli/audit_report.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/traced_pod.h"
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

class Tracer {
  public:
    Tracer(const Options& options, workspace::Workspace& workspace, Answerers& answerers)
        : options_(options), workspace_(workspace), answerers_(answerers) {}

    /// The page of what `text` names, written; its exit status.
    Result<int> trace(const std::string& text, Output& out) {
        const trace::Seen seen = TRY(workspace::gather_trace(
            workspace_,
            {.text = text,
             .records = records_of(options_),
             .offline = options_.offline,
             .find = [&](const oci::Reference& reference) { return answerers_.find(reference); }}));
        const trace::Page page = trace::judge(seen, workspace_.project());
        const report::Options shown = report_options(options_);
        if (options_.format == report::Format::json)
            report::write_trace_json(page, shown, out.stream());
        else
            report::write_trace_text(page, shown, out.stream());
        return trace::exit_status(page);
    }

  private:
    const Options& options_;
    workspace::Workspace& workspace_;
    Answerers& answerers_;
};

/// What contradicts comes before what could not be read.
int worse(int one, int other) {
    if (one == exit_finding || other == exit_finding) return exit_finding;
    return std::max(one, other);
}

Result<int> trace_pod(const TracedPod& pod, Tracer& tracer, bool is_text, Output& out) {
    int status = exit_ok;
    for (const RunningImage& image : pod.images) {
        if (is_text)
            out.write("pod " + pod.name_space + '/' + pod.name + ", container " + image.containers +
                      ":\n\n");
        status = worse(status, TRY(tracer.trace(image.image_id, out)));
        if (is_text && &image != &pod.images.back()) out.write("\n");
    }
    return status;
}

}  // namespace

Result<int> run_trace(const Options& options, Output& out) {
    const std::optional<TracedPod> pod = TRY(traced_pod(*options.argument, options));
    Progress progress(!options.quiet);
    auto workspace = TRY(workspace::Workspace::open(workspace_options(options, progress)));
    Answerers answerers(workspace, options, AskRegistry::automatic);
    for (const std::string& notice : answerers.notices()) print_warning(notice);
    Tracer tracer(options, workspace, answerers);
    if (!pod) return tracer.trace(*options.argument, out);
    return trace_pod(*pod, tracer, options.format != report::Format::json, out);
}

}  // namespace lockstep::cli
