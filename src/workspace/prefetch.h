#pragma once

#include <span>

#include "base/result.h"
#include "git/repository.h"

namespace lockstep::workspace {

/// Brings the directories of these trees and the files that reading them will ask for into memory,
/// level by level for all of them at once: a handful of round trips to git instead of one for each
/// object.
Result<void> prefetch(git::Repository& repository, std::span<const git::ObjectId> trees);

}  // namespace lockstep::workspace
