#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/remote.h"
#include "git/repository.h"

namespace lockstep::git {

struct CachedRefsRequest {
    std::string directory;  // of the user's repository, or in it
    std::string pattern;    // "refs/lockstep/releases/v1*", with one `*`
    std::string cache_directory;
    std::chrono::milliseconds timeout = std::chrono::seconds(20);
};

/// Brings the refs of the repository's remote (`origin`, or the only one) that match, under their
/// own names, and the commits that they name without their history, into the bare repository that
/// the cache has of its URL; those that the remote has no more go from there. Nothing is written
/// into the user's repository. That the remote has none is no error.
///
/// Git is run with the user's configuration and, of the repository's own, what it says of URLs and
/// of http; not with programs that it names.
///
/// Nothing where the repository has no remote. Errors as `git fetch` meets them.
Result<std::optional<Repository>> fetch_remote_refs(const CachedRefsRequest& request);

/// The same of the remote at `url`.
Result<Repository> fetch_refs_of(const std::string& url, const CachedRefsRequest& request);

}  // namespace lockstep::git
