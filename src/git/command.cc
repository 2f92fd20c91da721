#include "git/command.h"

namespace lockstep::git {

os::Command git_command(std::vector<std::string> args, const std::string& directory) {
    // fsmonitor and hooks are programs that a repository's own configuration may name.
    std::vector<std::string> argv = {"git",
                                     "--no-pager",
                                     "--no-replace-objects",
                                     "-c",
                                     "core.fsmonitor=false",
                                     "-c",
                                     "core.hooksPath=/dev/null"};
    argv.insert(argv.end(), std::make_move_iterator(args.begin()),
                std::make_move_iterator(args.end()));
    return {
        .argv = std::move(argv),
        // GIT_ALLOW_PROTOCOL shuts out lazy fetches where git does not know GIT_NO_LAZY_FETCH yet.
        .set = {{"GIT_OPTIONAL_LOCKS", "0"},
                {"GIT_TERMINAL_PROMPT", "0"},
                {"GIT_NO_LAZY_FETCH", "1"},
                {"GIT_ALLOW_PROTOCOL", "none"},
                {"LC_ALL", "C"}},
        .unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
                  "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE",
                  "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE",
                  "GIT_INTERNAL_SUPER_PREFIX", "GIT_IMPLICIT_WORK_TREE", "LANGUAGE"},
        .directory = directory};
}

std::string complaint(std::string_view text) {
    for (const std::string_view mark : {"fatal: ", "error: "}) {
        const std::size_t at = text.find(mark);
        if (at == std::string_view::npos || (at != 0 && text[at - 1] != '\n')) continue;
        text.remove_prefix(at + mark.size());
        return std::string(text.substr(0, text.find('\n')));
    }
    while (text.ends_with('\n')) text.remove_suffix(1);
    const std::size_t last = text.rfind('\n');
    return std::string(last == std::string_view::npos ? text : text.substr(last + 1));
}

namespace {

/// The path between the first pair of single quotes.
std::string quoted_part(std::string_view text) {
    const std::size_t begin = text.find('\'');
    const std::size_t end = text.find('\'', begin + 1);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    return std::string(text.substr(begin + 1, end - begin - 1));
}

}  // namespace

Error explain(const os::Captured& captured, const std::string& directory, Error::Kind otherwise) {
    const std::string said = complaint(captured.err);
    if (said.starts_with("detected dubious ownership")) {
        std::string path = quoted_part(said);
        return {
            .kind = Error::Kind::denied,
            .message = "git does not read `" + path + "`: another user owns it",
            .hint = "if you trust it, run `git config --global --add safe.directory " + path + '`',
            .at = {}};
    }
    if (said.starts_with("not a git repository"))
        return {.kind = Error::Kind::not_found,
                .message = "`" + directory + "` is not in a git repository",
                .hint = {},
                .at = {}};
    if (captured.exit.code == 129)
        return {.kind = Error::Kind::unavailable,
                .message = "the installed git is too old: it does not know what it was asked",
                .hint = "install git 2.36 or newer",
                .at = {}};
    std::string message = "git in `" + directory + "`: ";
    message += said.empty() ? to_string(captured.exit) : said;
    return {.kind = otherwise, .message = std::move(message), .hint = {}, .at = {}};
}

Result<std::string> run_git(std::vector<std::string> args, const std::string& directory) {
    os::Captured captured = TRY(os::run(git_command(std::move(args), directory)));
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain(captured, directory, Error::Kind::unavailable));
    return std::move(captured.out);
}

}  // namespace lockstep::git
