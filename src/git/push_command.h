#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/draft.h"
#include "os/subprocess.h"

namespace lockstep::git {

struct PushRequest {
    std::string git_directory;  // whose objects are sent
    std::string remote;         // its name there
    std::string url;    // of that remote, as it is: for the protocol, and hidden in messages
    std::string hooks;  // a folder that `write_push_hook` filled
    std::chrono::milliseconds timeout;
    bool rehearses = false;
};

/// Git takes a ref that has its new value already for done, whatever the lease says. So that a
/// compare-and-swap cannot succeed that way, a hook of our own stops the push where one of its refs
/// would not be among what is sent. `folder` exists.
Result<void> write_push_hook(const std::string& folder);

/// One `git push --atomic` with a lease for each ref; see `Draft::push`.
Result<Pushed> run_push(const PushRequest& request, std::span<const RefUpdate> updates);

/// What a push that ended says with its porcelain output and on stderr. `url` is hidden in it.
Result<Pushed> read_push(const os::Captured& captured, std::span<const RefUpdate> updates,
                         std::string_view url);

}  // namespace lockstep::git
