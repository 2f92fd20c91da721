#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/repository.h"

namespace lockstep::git {

/// A repository named by URL, by exactly the grammar that `kubectl apply -k` and kustomize 5.8.2
/// take: `https://host/owner/repo//dir?ref=v1&timeout=30s&submodules=false`,
/// `git@host:owner/repo//dir?ref=v1`, `ssh://…`, `file:///path//dir`,
/// `github.com/owner/repo/dir?ref=v1`, `git::https://…`, `…/repo.git/dir`, `_git/` of Azure.
struct RemoteUrl {
    std::string repository;  // what git clones
    std::string path;        // the directory in it; "" for the root
    std::string ref;         // branch, tag or commit; empty: HEAD
    std::chrono::seconds timeout{27};
    bool submodules = true;

    bool operator==(const RemoteUrl&) const = default;
};

/// Nothing where `text` is a local path and not a URL of this grammar; `invalid` where it is one
/// and cannot be right (no repository, ".." in the path, an argument that git would read as an
/// option, control characters).
Result<std::optional<RemoteUrl>> parse_remote_url(std::string_view text);

/// `text` with user, password and tokens removed: for messages.
std::string without_credentials(std::string_view url);

struct FetchOptions {
    std::string cache_directory;  // e.g. $XDG_CACHE_HOME/lockstep
    bool offline = false;         // only what the cache holds; else `unavailable`
};

/// One revision of a remote repository, fetched shallowly into a bare repository below the cache
/// directory with the user's own git credentials and no prompts. Only what is needed: depth 1, no
/// other refs. A tag or commit that the cache holds is not fetched again; a branch is asked for
/// anew unless `offline`. Safe with several processes on one cache.
struct Fetched {
    Repository repository;
    Commit commit;
};
Result<Fetched> fetch(const RemoteUrl& url, const FetchOptions& options);

}  // namespace lockstep::git
