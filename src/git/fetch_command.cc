#include "git/fetch_command.h"

#include "git/command.h"
#include "git/remote.h"
#include "git/remote_command.h"

namespace lockstep::git {

namespace {

const std::string& url_of(const FetchRequest& request) {
    return request.url.empty() ? request.repository : request.url;
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
    return remote_command(std::move(args), request.git_directory, url_of(request));
}

}  // namespace

Result<void> run_fetch(const FetchRequest& request, std::string_view input) {
    const std::string doing = "fetching from `" + without_credentials(url_of(request)) + '`';
    const os::Captured captured =
        TRY(os::run(fetch_command(request), {.input = input, .timeout = request.timeout}), doing);
    if (captured.exit.ok()) return {};
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
