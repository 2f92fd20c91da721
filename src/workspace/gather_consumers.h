#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "consumers/judge.h"
#include "workspace/workspace.h"

namespace lockstep::workspace {

/// Releases that are opened and judged at most.
inline constexpr std::size_t consumed_releases_max = 500;

struct ConsumersRequest {
    std::string directory;           // of the GitOps repository, or in it; a plain folder will do
    std::optional<std::string> ref;  // a revision of it; unset: the files as they stand
    /// Clones and URLs of what is consumed. Without one a repository is asked where it is pinned.
    std::vector<std::string> projects;
    Options options;  // how projects are opened: cache, offline, jobs
};

struct GatheredConsumers {
    consumers::Found found;
    consumers::SeenReleases releases;
    std::vector<std::string> notices;
};

/// What a GitOps repository pins, and what is known of the releases that it pins: their audit, and
/// whether the remote has them still. What did not answer is `unknown` with the reason.
Result<GatheredConsumers> gather_consumers(const ConsumersRequest& request);

}  // namespace lockstep::workspace
