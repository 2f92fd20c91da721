#include <optional>

#include "cli/clock.h"
#include "cli/color.h"
#include "cli/commands.h"
#include "cli/deployed_projects.h"
#include "cli/open_cluster.h"
#include "cli/version.h"
#include "cluster/follow.h"
#include "cluster/survey.h"
#include "os/terminal.h"
#include "report/deployed.h"

namespace lockstep::cli {

namespace {

using std::chrono::steady_clock;

/// Longer than anybody watches.
constexpr std::chrono::hours watch_max{24 * 365};

cluster::Scope scope_of(const Options& options, const cluster::Api& api) {
    if (options.all_namespaces) return {};
    if (!options.namespaces.empty()) return options.namespaces;
    return {api.access().name_space};
}

report::DeployedOptions shown_as(const Options& options) {
    report::DeployedOptions shown = {.color = wants_color(options),
                                     .quiet = options.quiet,
                                     .verbose = options.verbose,
                                     .tool_version = std::string(tool_version()),
                                     .now = now()};
    if (const auto width = os::terminal_width(os::StandardStream::out)) shown.width = *width;
    return shown;
}

/// The last look at a cluster that is followed; the audit borrows what was seen.
struct Look {
    evidence::Deployed deployed;
    verify::DeployedAudit audit;
};

class Watcher {
  public:
    Watcher(const Options& options, std::vector<DeployedProject>& projects, Output& out)
        : options_(options), projects_(projects), out_(out) {}

    /// Whether it is over.
    bool see(const evidence::Deployed& deployed) {
        auto look = std::make_unique<Look>();
        look->deployed = deployed;
        Result<verify::DeployedAudit> audit = judge_projects(look->deployed, projects_, options_);
        if (!audit) {
            error_ = std::move(audit).error();
            return true;
        }
        look->audit = *std::move(audit);
        show(*look);
        last_ = std::move(look);
        return options_.waits && verify::exit_status(last_->audit) == 0;
    }

    const std::optional<Error>& error() const { return error_; }
    const Look* last() const { return last_.get(); }

  private:
    void show(const Look& look) {
        if (!options_.follows) {
            // Who waits in CI sees what it waits for; the result comes at the end.
            if (!options_.quiet && last_ != nullptr)
                print_message(report::changes_between(last_->audit, look.audit));
            return;
        }
        if (last_ == nullptr)
            report::write_deployed(look.audit, options_.format, shown_as(options_), out_.stream());
        else if (options_.format == report::Format::json && is_news(look))
            report::write_deployed_json(look.audit, shown_as(options_), out_.stream());
        else
            out_.write(report::changes_between(last_->audit, look.audit));
        out_.stream().flush();
    }

    bool is_news(const Look& look) const {
        return !report::changes_between(last_->audit, look.audit).empty();
    }

    const Options& options_;
    std::vector<DeployedProject>& projects_;
    Output& out_;
    std::unique_ptr<Look> last_;
    std::optional<Error> error_;
};

Result<int> follow(const Options& options, cluster::Api& api,
                   std::vector<DeployedProject>& projects, Output& out) {
    Watcher watcher(options, projects, out);
    const steady_clock::duration time = options.waits ? *options.waits : watch_max;
    TRY(cluster::follow(api, scope_of(options, api), {.deadline = steady_clock::now() + time},
                        [&](const evidence::Deployed& deployed) { return watcher.see(deployed); }));
    if (watcher.error()) return std::unexpected<Error>(*watcher.error());
    if (watcher.last() == nullptr)
        return fail(Error::Kind::unavailable, "the cluster was not read within the time of --wait",
                    "give it more");
    const verify::DeployedAudit& audit = watcher.last()->audit;
    if (!options.follows)
        report::write_deployed(audit, options.format, shown_as(options), out.stream());
    return verify::exit_status(audit);
}

}  // namespace

Result<int> run_deployed(const Options& options, Output& out) {
    if (options.all_namespaces && !options.namespaces.empty())
        return fail(Error::Kind::usage, "--all-namespaces and --namespace name different places",
                    "leave one of them out");
    if (options.follows && options.format == report::Format::junit)
        return fail(Error::Kind::usage, "--watch has no end, and a JUnit report is one whole",
                    "use -o text or json, or --wait");
    Progress progress(!options.quiet);
    cluster::Api api = TRY(open_cluster(options));
    std::vector<DeployedProject> projects = TRY(deployed_projects(options, progress));
    if (options.follows || options.waits) return follow(options, api, projects, out);
    const evidence::Deployed deployed =
        TRY(cluster::survey(api, scope_of(options, api), [&](std::size_t objects) {
            progress.show(objects, 0, "objects read");
        }));
    const verify::DeployedAudit audit = TRY(judge_projects(deployed, projects, options));
    report::write_deployed(audit, options.format, shown_as(options), out.stream());
    return verify::exit_status(audit);
}

}  // namespace lockstep::cli
