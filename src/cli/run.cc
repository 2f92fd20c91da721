#include "cli/run.h"

#include <string_view>
#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/timeout.h"
#include "os/ending.h"
#include "os/environment.h"
#include "os/file.h"

namespace lockstep::cli {
namespace {

/// kubectl runs `kubectl-lockstep` for `kubectl lockstep`.
std::string_view program_name(int argc, char** argv) {
    const std::string_view path = argc > 0 ? argv[0] : "lockstep";
    return path.ends_with("kubectl-lockstep") ? "kubectl lockstep" : "lockstep";
}

Result<int> dispatch(const Invocation& invocation, std::string_view program, Output& out) {
    const Options& options = invocation.options;
    if (invocation.wants_help) {
        out.write(help_text(invocation.command, program));
        return exit_ok;
    }
    switch (invocation.command) {
        case Command::verify:
            return run_verify(options, out);
        case Command::audit:
            return run_audit(options, out);
        case Command::changes:
            return run_changes(options, out);
        case Command::render:
            return run_render(options, out);
        case Command::image_inspect:
            return run_image_inspect(options, out);
        case Command::image_digest:
            return run_image_digest(options, out);
        case Command::image_list:
            return run_image_list(options, out);
        case Command::image_copy:
            return run_image_copy(options, out);
        case Command::release_plan:
            return run_release_plan(options, out);
        case Command::release_start:
            return run_release_start(options, out);
        case Command::release_resume:
            return run_release_resume(options, out);
        case Command::release_status:
            return run_release_status(options, out);
        case Command::release_abort:
            return run_release_abort(options, out);
        case Command::release_list:
            return run_release_list(options, out);
        case Command::doctor:
            return run_doctor(options, out);
        case Command::sync:
            return run_sync(options, out);
        case Command::record:
            return run_record(options, out);
        case Command::trace:
            return run_trace(options, out);
        case Command::consumers:
            return run_consumers(options, out);
        case Command::deployed:
            return run_deployed(options, out);
        case Command::init:
            return run_init(options, out);
        case Command::rules:
            return run_rules(options, out);
        case Command::version:
            return run_version(options, out);
        case Command::completion:
            return run_completion(options, out);
        case Command::help:
            return run_help(options, out, program);
    }
    return fail(Error::Kind::internal, "a command without a function");
}

Result<int> parse_and_run(std::span<const std::string_view> arguments, std::string_view program) {
    const Invocation invocation = TRY(parse_command_line(arguments, os::environment));
    const std::string& directory = invocation.options.directory;
    if (directory != "." && !os::is_directory(directory))
        return fail(Error::Kind::usage, "`" + directory + "` is no directory",
                    "-C names where to work");
    TRY(os::end_on_signals());
    if (invocation.options.timeout.has_value()) TRY(give_up_after(*invocation.options.timeout));
    Output out;
    auto status = dispatch(invocation, program, out);
    // What was printed before an error is part of the answer.
    const auto finished = out.finish();
    if (status.has_value() && !finished.has_value())
        return std::unexpected<Error>(finished.error());
    return status;
}

}  // namespace

int run(int argc, char** argv) {
    const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    const auto status = parse_and_run(arguments, program_name(argc, argv));
    if (os::is_ending()) os::leave();
    if (status.has_value()) return *status;
    print_error(status.error());
    return exit_status_of(status.error());
}

}  // namespace lockstep::cli
