#pragma once

#include <chrono>
#include <span>
#include <string>

#include "base/result.h"
#include "git/draft.h"

namespace lockstep::git {

/// What the repository at `url` has now, of the refs that match (full names; `*` stands for
/// anything: "refs/tags/*"); with the user's own credentials and no questions. Nothing is fetched.
/// `not_found`: no such repository; `denied`, `unavailable` as git meets them.
Result<RemoteRefs> list_remote(const std::string& url, std::span<const std::string> patterns,
                               std::chrono::milliseconds timeout = std::chrono::seconds(27));

}  // namespace lockstep::git
