#include "cli/commit_files.h"

#include <iterator>

#include "git/command.h"
#include "os/subprocess.h"

namespace lockstep::cli {

namespace {

/// What git prints; `--literal-pathspecs`, since a file may be called like a pattern.
Result<std::string> run_git(const std::string& root, std::vector<std::string> arguments,
                            const std::vector<std::string>& paths) {
    os::Command command;
    command.argv = {"git", "--literal-pathspecs"};
    command.argv.insert(command.argv.end(), std::make_move_iterator(arguments.begin()),
                        std::make_move_iterator(arguments.end()));
    command.argv.insert(command.argv.end(), paths.begin(), paths.end());
    command.set = {{"GIT_TERMINAL_PROMPT", "0"}, {"LC_ALL", "C"}};
    // A hook that runs lockstep has these set for a repository of its own.
    command.unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"};
    command.directory = root;
    os::Captured ran = TRY(os::run(command));
    if (ran.exit.ok()) return std::move(ran.out);
    const std::string said = ran.err.empty() ? ran.out : ran.err;
    return fail(Error::Kind::denied, "git refuses: " + git::complaint(said),
                "`git -C " + root + " status` tells more");
}

}  // namespace

Result<std::vector<std::string>> uncommitted(const std::string& root,
                                             const std::vector<std::string>& paths) {
    std::string rest = TRY(run_git(
        root,
        {"status", "--porcelain", "-z", "--no-renames", "--ignored", "--untracked-files=all", "--"},
        paths));
    std::vector<std::string> found;
    for (std::size_t end = 0; (end = rest.find('\0')) != std::string::npos; rest.erase(0, end + 1))
        if (end > 3) found.push_back(rest.substr(3, end - 3));
    return found;
}

Result<void> check_identity(const std::string& root) {
    for (const char* const who : {"GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"})
        TRY(run_git(root, {"var", who}, {}));
    return {};
}

Result<std::string> commit_files(const std::string& root, const std::vector<std::string>& paths,
                                 const std::string& message) {
    TRY(run_git(root, {"commit", "--quiet", "--only", "-m", message, "--"}, paths));
    std::string id = TRY(run_git(root, {"rev-parse", "HEAD"}, {}));
    while (id.ends_with('\n')) id.pop_back();
    return id;
}

}  // namespace lockstep::cli
