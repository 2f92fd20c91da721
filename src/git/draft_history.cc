// What a draft knows of commits: refs, logs, differences, and their files in a folder.
#include <algorithm>

#include "git/draft.h"
#include "git/draft_state.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

std::string_view take_field(std::string_view& rest) {
    const std::string_view field = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(field.size() + 1, rest.size()));
    return field;
}

/// "ID PARENT…" and the message.
Result<LoggedCommit> logged(std::string_view ids, std::string_view message) {
    LoggedCommit commit{.id = {}, .parents = {}, .message = std::string(message)};
    bool is_first = true;
    while (!ids.empty()) {
        const std::string_view word = ids.substr(0, ids.find(' '));
        ids.remove_prefix(std::min(word.size() + 1, ids.size()));
        const auto id = ObjectId::parse(word);
        if (!id) return fail(Error::Kind::corrupt, "git's log has a line without an id");
        if (is_first)
            commit.id = *id;
        else
            commit.parents.push_back(*id);
        is_first = false;
    }
    return commit;
}

}  // namespace

Result<std::optional<ObjectId>> Draft::find(std::string_view ref) {
    const os::Captured captured =
        TRY(state_->run({.args = {"show-ref", "--verify", "--hash", "--", std::string(ref)}}));
    if (captured.err.contains("not a valid ref")) return std::nullopt;
    if (!captured.exit.ok())
        return std::unexpected<Error>(
            explain(captured, state_->repository, Error::Kind::unavailable));
    return TRY(State::id_in(captured.out));
}

Result<std::vector<LoggedCommit>> Draft::log(const ObjectId& from, const ObjectId& to,
                                             std::size_t limit) {
    // The user's own taste in logs is told off option by option.
    std::vector<std::string> args = {"log",
                                     "-z",
                                     "--format=tformat:%H %P%x00%B",
                                     "--no-show-signature",
                                     "--no-notes",
                                     "--no-patch",
                                     "--no-color",
                                     "--no-mailmap",
                                     "--no-decorate",
                                     "--encoding=UTF-8",
                                     "--max-count=" + std::to_string(limit),
                                     to.hex()};
    if (!from.is_null()) args.push_back('^' + from.hex());
    args.emplace_back("--");
    const std::string output =
        TRY(state_->output({.args = std::move(args)}, Error::Kind::not_found));
    std::vector<LoggedCommit> commits;
    for (std::string_view rest = output; !rest.empty();) {
        const std::string_view ids = take_field(rest);
        commits.push_back(TRY(logged(ids, take_field(rest))));
    }
    return commits;
}

Result<std::vector<std::string>> Draft::changed_paths(const ObjectId& from, const ObjectId& to) {
    const std::string output = TRY(state_->output(
        {.args = {"diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff",
                  "--ignore-submodules=none", from.hex(), to.hex()}},
        Error::Kind::not_found));
    std::vector<std::string> paths;
    for (std::string_view rest = output; !rest.empty();) paths.emplace_back(take_field(rest));
    std::ranges::sort(paths);
    return paths;
}

Result<bool> Draft::is_ancestor(const ObjectId& ancestor, const ObjectId& descendant) {
    const os::Captured captured = TRY(
        state_->run({.args = {"merge-base", "--is-ancestor", ancestor.hex(), descendant.hex()}}));
    if (captured.exit == os::Exit{.code = 1}) return false;
    if (!captured.exit.ok())
        return std::unexpected<Error>(
            explain(captured, state_->repository, Error::Kind::not_found));
    return true;
}

Result<std::string> Draft::archive(const ObjectId& commit, const std::string& path,
                                   const std::string& name, std::int64_t time) {
    const std::string folder = commit.hex() + ':' + path;
    const ObjectId tree = TRY(State::id_in(TRY(state_->output(
        {.args = {"rev-parse", "--verify", "--end-of-options", folder}}, Error::Kind::not_found))));
    // Files of a bare tree would be dated now: those of a commit are dated as it is.
    const Person nobody{"lockstep", "lockstep", time};
    const ObjectId dated = TRY(write_commit({.tree = tree,
                                             .parents = {},
                                             .message = name,
                                             .author = nobody,
                                             .committer = nobody,
                                             .sign = Sign::never}));
    return state_->output(
        {.args = {"archive", "--format=tar.gz", "--prefix=" + name + '/', dated.hex()}},
        Error::Kind::unavailable);
}

Result<void> Draft::check_out(const ObjectId& commit, const std::string& folder) {
    TRY(os::make_directories(folder));
    TRY(run_git({"init", "--quiet", "--template=", "--object-format=" + state_->object_format},
                folder));
    const std::string repository = folder + "/.git";
    TRY(os::make_directories(repository + "/objects/info"));
    TRY(os::write_file(repository + "/objects/info/alternates", state_->repository + "/objects\n"));
    const std::string tags = TRY(state_->output(
        {.args = {"for-each-ref", "--format=create %(refname) %(objectname)", "refs/tags/"}},
        Error::Kind::unavailable));
    const os::Captured made =
        TRY(os::run(git_command({"update-ref", "--stdin"}, folder), {.input = tags}));
    if (!made.exit.ok())
        return std::unexpected<Error>(explain(made, folder, Error::Kind::unavailable));
    TRY(run_git({"config", "remote.origin.url", state_->title}, folder));
    const os::Captured placed =
        TRY(os::run(git_command({"checkout", "--quiet", "--detach", commit.hex(), "--"}, folder),
                    {.timeout = state_->timeout}));
    if (!placed.exit.ok())
        return std::unexpected<Error>(explain(placed, folder, Error::Kind::not_found));
    return {};
}

}  // namespace lockstep::git
