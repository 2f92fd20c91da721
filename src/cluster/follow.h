#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

#include "base/result.h"
#include "cluster/api.h"
#include "cluster/survey.h"
#include "evidence/deployed.h"

namespace lockstep::cluster {

/// Called after each change with all that is seen now, by one thread at a time; true ends it all.
using OnChange = std::function<bool(const evidence::Deployed& deployed)>;

struct Following {
    std::chrono::steady_clock::time_point deadline;
    /// Changes that come closer together are told as one.
    std::chrono::milliseconds quiet = std::chrono::milliseconds(200);
    /// After which a watch is begun anew; apiservers end them after five to ten minutes anyway.
    std::chrono::seconds watch_duration = std::chrono::minutes(4);
    /// Before a place that could not be read, or a watch that broke, is tried again.
    std::chrono::milliseconds pause = std::chrono::seconds(2);
};

/// Lists everything in `scope`, tells it, and then whatever changes, by watches that go on from the
/// last version that they saw; where that has passed (410), by listing again. Returns when
/// `changed` says so, at the deadline, and once this program is ending. What cannot be read is in
/// `Deployed::unread` as long as that is so. An error, where nothing at all can be read at first.
Result<void> follow(Api& api, const Scope& scope, const Following& following,
                    const OnChange& changed);

}  // namespace lockstep::cluster
