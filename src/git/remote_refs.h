#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/draft.h"

namespace lockstep::git {

/// Whether git's pattern of refs ("refs/tags/*"; the star stands for anything, slashes too) takes
/// `ref`.
bool matches_ref(std::string_view pattern, std::string_view ref);

/// The answer of `git ls-remote --symref`: the refs that match one of `patterns`, all where there
/// is none, and the default branch. `corrupt` where it is no such answer.
Result<RemoteRefs> parse_remote_refs(std::string_view answer,
                                     std::span<const std::string> patterns);

}  // namespace lockstep::git
