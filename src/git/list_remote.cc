#include "git/list_remote.h"

#include "git/remote.h"
#include "git/remote_command.h"
#include "git/remote_refs.h"

namespace lockstep::git {

Result<RemoteRefs> list_remote(const std::string& url, std::span<const std::string> patterns,
                               std::chrono::milliseconds timeout) {
    const std::string doing = "asking `" + without_credentials(url) + "` for its refs";
    os::Command command = remote_command({"ls-remote", "--quiet", "--symref", "--", url}, "/", url);
    for (const std::string& pattern : patterns) {
        command.argv.push_back(pattern);
        if (!pattern.ends_with('*')) command.argv.push_back(pattern + "^{}");
    }
    const os::Captured captured = TRY(os::run(command, {.timeout = timeout}), doing);
    if (!captured.exit.ok()) return std::unexpected<Error>(explain_remote(captured, url, doing));
    return parse_remote_refs(captured.out, patterns);
}

}  // namespace lockstep::git
