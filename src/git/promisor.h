#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "git/object_id.h"

namespace lockstep::git {

/// Brings objects that a partial clone left at its promisor remote, all in one fetch, and stores
/// them in the clone as git itself would.
///
/// `denied` where the repository's own configuration names programs to be run for it: a repository
/// that came as an archive could name any. `unavailable` where the remote cannot be reached.
Result<void> fetch_promised(const std::string& directory, std::span<const ObjectId> objects);

}  // namespace lockstep::git
