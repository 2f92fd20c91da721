#include "git/cached_refs.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "git/cache_folder.h"
#include "git/command.h"
#include "git/discovery.h"
#include "git/fetch_command.h"
#include "git/location.h"

namespace lockstep::git {

namespace {

using Configuration = std::vector<std::pair<std::string, std::string>>;

/// What the repository's own configuration says of how a URL is reached: values, no programs.
Result<Configuration> own_configuration(const std::string& directory) {
    const std::string listed =
        TRY(run_git({"config", "--local", "--includes", "--null", "--list"}, directory));
    Configuration kept;
    for (std::string_view rest = listed; !rest.empty();) {
        const std::string_view entry = rest.substr(0, rest.find('\0'));
        rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
        const std::string_view key = entry.substr(0, entry.find('\n'));
        // A key without a value means "true".
        const std::string_view value =
            key.size() == entry.size() ? "true" : entry.substr(key.size() + 1);
        if (key.starts_with("http.") || key.starts_with("url.")) kept.emplace_back(key, value);
    }
    return kept;
}

/// Git takes a path relative to where the repository is, and this one runs elsewhere.
bool is_relative_path(std::string_view url) {
    if (url.starts_with('/') || url.starts_with('~')) return false;
    const std::size_t colon = url.find(':');
    return colon == std::string_view::npos || url.find('/') < colon;
}

Result<std::string> absolute(std::string url, const std::string& directory) {
    if (!is_relative_path(url)) return url;
    os::Running locating = TRY(start_locating(directory));
    const Location location = TRY(read_location(TRY(locating.finish()), directory));
    return location.work_tree.value_or(location.git_directory) + '/' + url;
}

/// "refs/lockstep/releases/" of "refs/lockstep/releases/v1": git lists refs by whole parts.
std::string folder_of(const std::string& prefix) {
    return prefix.substr(0, prefix.rfind('/') + 1);
}

bool holds(const std::map<std::string, ObjectId, std::less<>>& refs, std::string_view prefix) {
    return std::ranges::any_of(refs,
                               [&](const auto& ref) { return ref.first.starts_with(prefix); });
}

Result<Repository> fetch(const std::string& url, const CachedRefsRequest& request,
                         Configuration configuration) {
    if (request.cache_directory.empty())
        return fail(Error::Kind::unavailable, "there is no folder for what is fetched",
                    "set XDG_CACHE_HOME");
    const CacheFolder folder(request.cache_directory, url);
    TRY(folder.check());
    const os::FileLock lock = TRY(folder.lock(request.timeout));
    FetchRequest fetching = {.git_directory = folder.path(),
                             .repository = url,
                             .refspecs = {'+' + request.pattern + ':' + request.pattern},
                             .quiet_configuration = std::move(configuration),
                             .options = {"--depth=1", "--prune"},
                             .timeout = request.timeout,
                             .may_match_nothing = true};
    const Fetch fetched = TRY(folder.fetch(fetching));
    Repository repository = TRY(Repository::open(folder.path(), {.offline = true}));
    const std::string prefix = request.pattern.substr(0, request.pattern.find('*'));
    // Where nothing matches, git prunes nothing either, unless it is asked for everything.
    if (fetched == Fetch::nothing_matched &&
        holds(TRY(repository.refs(folder_of(prefix))), prefix)) {
        fetching.options = {"--prune"};
        TRY(folder.fetch(fetching));
    }
    return repository;
}

Result<std::string> configured_url(const std::string& directory) {
    const auto found = discover(directory);
    if (auto url = found ? remote_url_in_files(*found) : std::nullopt) return std::move(*url);
    const os::Captured asked = TRY(os::run(ask_remote_url(directory)));
    return read_remote_url(asked, directory);
}

}  // namespace

Result<std::optional<Repository>> fetch_remote_refs(const CachedRefsRequest& request) {
    const std::string& directory = request.directory;
    std::string url = TRY(configured_url(directory));
    if (url.empty()) return std::nullopt;
    if (url.starts_with('-'))
        return fail(Error::Kind::invalid, "the URL of the remote begins with `-`");
    url = TRY(absolute(std::move(url), directory));
    return std::optional(TRY(fetch(url, request, TRY(own_configuration(directory)))));
}

Result<Repository> fetch_refs_of(const std::string& url, const CachedRefsRequest& request) {
    return fetch(url, request, {});
}

}  // namespace lockstep::git
