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
    bool submodules = true;  // kept as it was written; see `fetch`

    bool operator==(const RemoteUrl&) const = default;
};

/// Nothing where `text` is a local path and not a URL of this grammar; `invalid` where it is one
/// and cannot be right: no repository, a path or ref that leaves it, an argument that git would
/// read as an option or refspec, control characters, a query that does not parse (kustomize drops
/// such a query and takes the default branch, which nobody means).
///
/// A timeout below a second counts as one.
Result<std::optional<RemoteUrl>> parse_remote_url(std::string_view text);

/// `url` for messages: without password, without the user of http(s) (it may be a token), with the
/// values of query parameters hidden that are not those of the grammar.
std::string without_credentials(std::string_view url);

struct FetchOptions {
    std::string cache_directory;  // e.g. $XDG_CACHE_HOME/lockstep
    bool offline = false;         // only what the cache holds; else `unavailable`
};

/// One revision of a remote repository, fetched shallowly into a bare repository below the cache
/// directory with the user's own git credentials and no prompts. Only what is needed: depth 1, no
/// other refs. Git looks for `ref` among the tags first, as it does itself. A tag or commit that
/// the cache holds is not fetched again; a branch is asked for anew unless `offline`. Safe with
/// several processes on one cache: they wait for each other, at most the URL's timeout.
///
/// Submodules are not fetched, whatever the URL says: they are entries of kind `submodule` in the
/// tree, and what would be in them is absent.
///
/// `not_found`, `denied`, `unavailable` as `git fetch` meets them.
struct Fetched {
    Repository repository;
    Commit commit;
};
Result<Fetched> fetch(const RemoteUrl& url, const FetchOptions& options);

}  // namespace lockstep::git
