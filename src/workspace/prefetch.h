#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace lockstep::workspace {

/// Brings the directories of these trees into memory, level by level for all of them at once: a
/// handful of round trips to git instead of one for each object. Returns the files that reading the
/// trees will ask for, those first that are asked for first.
Result<std::vector<git::ObjectId>> prefetch_directories(git::Repository& repository,
                                                        std::span<const git::ObjectId> trees);

}  // namespace lockstep::workspace
