#include "git/promisor.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "git/command.h"
#include "git/fetch_command.h"

namespace lockstep::git {

namespace {

constexpr std::chrono::minutes patience{5};

/// Whether git runs the value of this variable, or its value's meaning, during a fetch.
bool names_program(std::string_view key) {
    for (const std::string_view exact : {"core.sshcommand", "core.gitproxy", "core.askpass"})
        if (key == exact) return true;
    return (key.starts_with("credential.") && key.ends_with("helper")) ||
           (key.starts_with("remote.") && (key.ends_with(".uploadpack") || key.ends_with(".vcs")));
}

/// The name of the remote that promised the missing objects.
Result<std::string> promisor_remote(const std::string& directory) {
    const std::string listed =
        TRY(run_git({"config", "--local", "--includes", "--null", "--list"}, directory));
    std::string remote;
    for (std::string_view rest = listed; !rest.empty();) {
        const std::string_view entry = rest.substr(0, rest.find('\0'));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        const std::string_view key = entry.substr(0, entry.find('\n'));
        const std::string_view value = entry.substr(std::min(key.size() + 1, entry.size()));
        if (names_program(key))
            return fail(Error::Kind::denied,
                        "objects are missing from the partial clone in `" + directory +
                            "`, and its configuration names a program to fetch them (" +
                            std::string(key) + ')',
                        "if you trust it, fetch them yourself with `git fetch --refetch`");
        constexpr std::string_view mark = ".promisor";
        if (key.starts_with("remote.") && key.ends_with(mark) && value != "false")
            remote = key.substr(7, key.size() - 7 - mark.size());
        if (key == "extensions.partialclone") remote = value;
    }
    if (remote.empty() || remote.starts_with('-'))
        return fail(Error::Kind::unavailable,
                    "objects are missing from the partial clone in `" + directory +
                        "`, and its configuration names no remote that has them");
    return remote;
}

}  // namespace

Result<void> fetch_promised(const std::string& directory, std::span<const ObjectId> objects) {
    std::string remote = TRY(promisor_remote(directory));
    std::string names;
    for (const ObjectId& id : objects) names += id.hex() + '\n';
    TRY(run_fetch({.git_directory = directory,
                   .repository = std::move(remote),
                   .refspecs = {},
                   .configuration = {"fetch.negotiationAlgorithm=noop"},
                   .options = {"--filter=blob:none", "--stdin"},
                   .timeout = patience},
                  names));
    return {};
}

}  // namespace lockstep::git
