#include "git/fetch_command.h"

#include <charconv>

#include "git/command.h"
#include "git/remote.h"
#include "git/remote_command.h"
#include "os/environment.h"

namespace lockstep::git {

namespace {

const std::string& url_of(const FetchRequest& request) {
    return request.url.empty() ? request.repository : request.url;
}

/// Behind what the environment brings of them.
void set_quietly(os::Command& command,
                 const std::vector<std::pair<std::string, std::string>>& configuration) {
    if (configuration.empty()) return;
    std::size_t count = 0;
    const std::string before = os::environment("GIT_CONFIG_COUNT").value_or("");
    std::from_chars(before.data(), before.data() + before.size(), count);
    for (const auto& [name, value] : configuration) {
        const std::string number = std::to_string(count++);
        command.set.emplace_back("GIT_CONFIG_KEY_" + number, name);
        command.set.emplace_back("GIT_CONFIG_VALUE_" + number, value);
    }
    command.set.emplace_back("GIT_CONFIG_COUNT", std::to_string(count));
}

os::Command fetch_command(const FetchRequest& request) {
    std::vector<std::string> args;
    // Nothing is borrowed where nothing is known of who lends.
    if (!request.offers_borrowed) args = {"-c", "core.alternateRefsCommand="};
    for (const std::string& entry : request.configuration) args.insert(args.end(), {"-c", entry});
    args.insert(args.end(),
                {"fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                 "--no-recurse-submodules", "--no-auto-maintenance", "--update-shallow"});
    args.insert(args.end(), request.options.begin(), request.options.end());
    args.insert(args.end(), {"--", request.repository});
    args.insert(args.end(), request.refspecs.begin(), request.refspecs.end());
    os::Command command = remote_command(std::move(args), request.git_directory, url_of(request));
    set_quietly(command, request.quiet_configuration);
    return command;
}

}  // namespace

Result<Fetch> run_fetch(const FetchRequest& request, std::string_view input) {
    const std::string doing = "fetching from `" + without_credentials(url_of(request)) + '`';
    const os::Captured captured =
        TRY(os::run(fetch_command(request), {.input = input, .timeout = request.timeout}), doing);
    if (captured.exit.ok()) return Fetch::done;
    // Every failure has words.
    if (request.may_match_nothing && captured.exit == os::Exit{.code = 1} && captured.err.empty())
        return Fetch::nothing_matched;
    Error error = explain_remote(captured, url_of(request), doing);
    if (error.kind == Error::Kind::unavailable && !request.offers_borrowed)
        error.hint += "; what was fetched before can be read with --offline";
    return std::unexpected<Error>(std::move(error));
}

Result<void> init_bare(const std::string& directory, const std::string& object_format) {
    TRY(run_git({"init", "--quiet", "--bare", "--template=", "--object-format=" + object_format},
                directory));
    return {};
}

}  // namespace lockstep::git
