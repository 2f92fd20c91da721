#include <unistd.h>

#include <iostream>
#include <sstream>
#include <utility>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/release_plan_text.h"
#include "cli/release_progress.h"
#include "cli/release_setting.h"
#include "cli/release_state_text.h"
#include "cli/settled.h"
#include "os/ending.h"
#include "os/environment.h"
#include "os/terminal.h"

namespace lockstep::cli {

namespace {

bool wants_json(const Options& options) {
    return options.format == report::Format::json;
}

/// Watches a release as the options say.
std::unique_ptr<release::Observer> observer_of(const Options& options, Output& out) {
    if (wants_json(options)) return std::make_unique<ReleaseEvents>(out);
    return std::make_unique<ReleaseSteps>(!options.quiet, options.verbose);
}

Result<release::Request> request_of(const Options& options) {
    if (options.from_commits == options.argument.has_value())
        return fail(Error::Kind::usage,
                    options.from_commits ? "a version and --from-commits exclude each other"
                                         : "no version is named",
                    "name it as v1.2.0, minor or patch; or let --from-commits tell");
    return release::Request{.version = options.argument.value_or(""),
                            .from_commits = options.from_commits,
                            .component = options.component,
                            .branch = options.branch,
                            .origin = options.origin};
}

Result<bool> is_confirmed(const Options& options, const release::Plan& plan) {
    if (options.is_confirmed) return true;
    if (!os::is_terminal(os::StandardStream::in) || ::isatty(STDIN_FILENO) == 0)
        return fail(Error::Kind::usage, "nobody is here to be asked whether to release",
                    "--yes releases without asking");
    print_message("Release " + plan.state.tag + "? [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

void promise_resume(const std::string& tag) {
    os::set_last_words("\ninterrupted: `lockstep release resume " + tag + "` carries on\n");
}

int tell_end(const Result<release::State>& state, const Options& options, Output& out) {
    if (wants_json(options))
        out.write(state_line(*state));
    else
        out.write(released_text(*state));
    return exit_ok;
}

}  // namespace

Result<int> run_release_plan(const Options& options, Output& out) {
    const release::Request request = TRY(request_of(options));
    release::Observer observer;
    const auto setting = TRY(ReleaseSetting::open(options, observer));
    const Result<release::Plan> plan = setting->releaser().plan(request);
    if (!plan) return settled(plan.error());
    out.write(wants_json(options) ? plan_json(*plan)
                                  : plan_text(*plan, setting->releaser().remote(), options));
    return exit_ok;
}

Result<int> run_release_start(const Options& options, Output& out) {
    const release::Request request = TRY(request_of(options));
    const auto observer = observer_of(options, out);
    const auto setting = TRY(ReleaseSetting::open(options, *observer));
    release::Releaser& releaser = setting->releaser();
    const Result<release::Plan> plan = releaser.plan(request);
    if (!plan) return settled(plan.error());
    if (!wants_json(options) && !options.quiet)
        print_message(plan_text(*plan, releaser.remote(), options));
    if (!TRY(is_confirmed(options, *plan))) {
        print_message("nothing was released\n");
        return exit_finding;
    }
    promise_resume(plan->state.tag);
    const Result<release::State> state = releaser.start(*plan);
    if (!state) return settled(state.error());
    return tell_end(state, options, out);
}

Result<int> run_release_resume(const Options& options, Output& out) {
    const auto observer = observer_of(options, out);
    const auto setting = TRY(ReleaseSetting::open(options, *observer));
    promise_resume(*options.argument);
    const Result<release::State> state = setting->releaser().resume(*options.argument);
    if (!state) return settled(state.error());
    return tell_end(state, options, out);
}

Result<int> run_release_status(const Options& options, Output& out) {
    release::Observer observer;
    const auto setting = TRY(ReleaseSetting::open(options, observer));
    const auto entry = TRY(setting->releaser().status(*options.argument));
    if (!entry)
        return fail(Error::Kind::not_found,
                    "no release of `" + *options.argument + "` was begun with lockstep",
                    "`lockstep release list` shows those that were");
    out.write(wants_json(options) ? release::write(entry->state) : state_text(entry->state));
    return exit_ok;
}

Result<int> run_release_abort(const Options& options, Output& out) {
    release::Observer observer;
    const auto setting = TRY(ReleaseSetting::open(options, observer));
    const Result<release::Aborted> aborted = setting->releaser().abort(*options.argument);
    if (!aborted) return settled(aborted.error());
    for (const std::string& left : aborted->left) print_warning("left in place: " + left);
    out.write(aborted_text(*options.argument, *aborted));
    return exit_ok;
}

Result<int> run_release_list(const Options& options, Output& out) {
    release::Observer observer;
    const auto setting = TRY(ReleaseSetting::open(options, observer));
    const auto entries = TRY(setting->releaser().list());
    out.write(wants_json(options) ? list_json(entries) : list_text(entries));
    return exit_ok;
}

}  // namespace lockstep::cli
