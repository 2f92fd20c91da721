#include "git/draft.h"

#include <algorithm>

#include "git/draft_state.h"
#include "git/fetch_command.h"
#include "git/location.h"
#include "git/push_command.h"
#include "git/remote.h"
#include "git/remote_command.h"
#include "git/remote_refs.h"
#include "git/user_configuration.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

using Entries = std::vector<ConfigurationEntry>;

/// Git itself reads what has no scheme, and no colon before its first slash, as a path.
bool is_local_path(std::string_view url) {
    const std::size_t colon = url.find(':');
    return colon == std::string_view::npos || url.find('/') < colon;
}

/// The entries of the remote that `asked` names.
Result<Entries> chosen_remote(const Entries& user, const std::string& asked) {
    const std::vector<std::string> names = remotes_in(user);
    std::string name = asked;
    if (name.empty() && names.size() == 1) name = names.front();
    if (name.empty()) name = "origin";
    if (std::ranges::find(names, name) != names.end())
        return remote_entries(user, name, remote_name);
    if (asked.find_first_of("/:") != std::string::npos)
        return Entries{{.key = std::string("remote.") + remote_name + ".url", .value = asked}};
    std::string known;
    for (const std::string& each : names) known += (known.empty() ? "" : ", ") + each;
    return fail(
        Error::Kind::not_found, "the repository has no remote `" + without_credentials(name) + '`',
        names.empty() ? "add one with `git remote add origin URL`" : "its remotes are: " + known);
}

/// Where git pushes to, after all rewriting; there must be one such place.
Result<std::string> push_url(const std::string& repository, const Location& user) {
    std::string url =
        TRY(run_git({"remote", "get-url", "--push", "--all", remote_name}, repository));
    if (url.ends_with('\n')) url.pop_back();
    if (url.contains('\n'))
        return fail(Error::Kind::unsupported, "the remote has several URLs to push to",
                    "no push can reach all of them or none; name one of them by its URL");
    if (url.empty()) return fail(Error::Kind::invalid, "the remote's URL is empty");
    if (is_local_path(url) && !url.starts_with('/'))
        url = user.work_tree.value_or(user.common_directory) + '/' + url;
    return url;
}

/// The remote as it is known from here on. The longest prefix decides how git rewrites a URL, so
/// one that is rewritten to itself is never rewritten otherwise.
Entries fixed_remote(const Entries& remote, const std::string& url) {
    const std::string prefix = std::string("remote.") + remote_name + '.';
    Entries result;
    for (const ConfigurationEntry& entry : remote)
        if (entry.key != prefix + "url" && entry.key != prefix + "pushurl") result.push_back(entry);
    result.push_back({.key = prefix + "url", .value = url});
    result.push_back({.key = "url." + url + ".insteadof", .value = url});
    result.push_back({.key = "url." + url + ".pushinsteadof", .value = url});
    return result;
}

Result<void> borrow(const std::string& repository, const std::string& objects) {
    TRY(os::make_directories(repository + "/objects/info"));
    return os::write_file(repository + "/objects/info/alternates", objects + '\n');
}

Result<Location> locate(const std::string& directory) {
    os::Running locating = TRY(start_locating(directory));
    return read_location(TRY(locating.finish()), directory);
}

}  // namespace

Draft::Draft(std::unique_ptr<State> state) : state_(std::move(state)) {}
Draft::Draft(Draft&&) noexcept = default;
Draft& Draft::operator=(Draft&&) noexcept = default;
Draft::~Draft() = default;

Result<Draft> Draft::open(const DraftOptions& options) {
    const Location user = TRY(locate(options.directory));
    const Entries configuration = TRY(read_configuration(options.directory));
    const Entries remote = TRY(chosen_remote(configuration, options.remote));

    os::TemporaryDirectory folder = TRY(os::TemporaryDirectory::make("lockstep-draft-"));
    const std::string repository = folder.path() + "/repository";
    const std::string hooks = folder.path() + "/hooks";
    TRY(os::make_directories(repository));
    TRY(os::make_directories(hooks));
    TRY(write_push_hook(hooks));
    TRY(init_bare(repository, user.object_format));
    const std::string own =
        TRY(os::read_file(repository + "/config")) +
        to_text(portable_configuration(configuration, TRY(read_configuration(repository))));
    TRY(os::replace_file(repository + "/config", own + to_text(remote)));
    std::string url = TRY(push_url(repository, user));
    TRY(os::replace_file(repository + "/config", own + to_text(fixed_remote(remote, url))));
    // What a shallow or partial clone holds has gaps that only its own files explain.
    const bool borrows = !user.is_shallow && !user.is_partial;
    if (borrows) TRY(borrow(repository, user.common_directory + "/objects"));

    std::string title = without_credentials(url);
    return Draft(std::make_unique<State>(State{.folder = std::move(folder),
                                               .repository = repository,
                                               .hooks = hooks,
                                               .object_format = user.object_format,
                                               .url = std::move(url),
                                               .title = std::move(title),
                                               .borrows = borrows,
                                               .timeout = options.timeout}));
}

const std::string& Draft::directory() const {
    return state_->repository;
}

const std::string& Draft::remote_title() const {
    return state_->title;
}

Result<RemoteRefs> Draft::list(std::span<const std::string> patterns) {
    const std::string doing = "asking `" + state_->title + "` for its refs";
    os::Command command = remote_command({"ls-remote", "--quiet", "--symref", "--", remote_name},
                                         state_->repository, state_->url);
    if (!patterns.empty()) {
        command.argv.emplace_back("HEAD");
        for (const std::string& pattern : patterns) {
            command.argv.push_back(pattern);
            if (!pattern.ends_with('*')) command.argv.push_back(pattern + "^{}");
        }
    }
    const os::Captured captured = TRY(os::run(command, {.timeout = state_->timeout}), doing);
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain_remote(captured, state_->url, doing));
    return parse_remote_refs(captured.out, patterns);
}

Result<void> Draft::fetch(std::span<const std::string> patterns) {
    FetchRequest request{.git_directory = state_->repository,
                         .repository = remote_name,
                         .refspecs = {},
                         .options = {"--no-prune"},
                         .url = state_->url,
                         .offers_borrowed = true,
                         .timeout = state_->timeout};
    for (const std::string& pattern : patterns) {
        if (!pattern.starts_with("refs/") || pattern.contains(':'))
            return fail(Error::Kind::invalid, '`' + pattern + "` is no full name of a ref");
        request.refspecs.push_back('+' + pattern + ':' + pattern);
    }
    if (request.refspecs.empty()) return {};
    TRY(run_fetch(request));
    return {};
}

Result<Pushed> Draft::push(std::span<const RefUpdate> updates, Mode mode) {
    return run_push({.git_directory = state_->repository,
                     .remote = remote_name,
                     .url = state_->url,
                     .hooks = state_->hooks,
                     .timeout = state_->timeout,
                     .rehearses = mode == Mode::rehearse},
                    updates);
}

}  // namespace lockstep::git
