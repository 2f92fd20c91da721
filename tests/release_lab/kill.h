#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "release/observer.h"
#include "release_lab/lab.h"

/// Ends a release at a chosen instant, as a power cut does.
///
///     for (std::size_t event = 1;; ++event) {
///         const Lab lab;
///         WorldObserver world(lab);
///         const Ended ended = run_and_kill(lab, event, [&](release::Observer& observer) {
///             … open a Releaser with this observer and start v1.1.0 …
///         });
///         SCOPED_TRACE(ended.last());
///         … resume or abort, by `run_lockstep` or in another `run_and_kill(lab, never, …)` …
///         expect_released(lab, "v1.1.0");
///         world.expect_silent();
///         if (!ended.was_killed) break;  // it got to its end before the event came
///     }
namespace lockstep::release_lab {

inline constexpr std::size_t never = 0;

struct Ended {
    bool was_killed = false;
    /// Of a run that was not: what it threw, or how it ended otherwise; empty: it returned.
    std::string failure;
    /// Every event until then: "before push refs/tags/v1.1.0".
    std::vector<std::string> events;

    /// For SCOPED_TRACE: "killed at 12, before push refs/tags/v1.1.0".
    std::string last() const;
};

/// Runs `release` in a forked child, in the lab's environment and work tree, with nothing of this
/// process open but its standard streams, and kills it (SIGKILL) at the `event`th call of the
/// observer's `before` and `after`, counted from 1 over all threads. What `release` needs it opens
/// itself; its failures must be thrown, since expectations of gtest die with the child.
Ended run_and_kill(const Lab& lab, std::size_t event,
                   const std::function<void(release::Observer&)>& release);

}  // namespace lockstep::release_lab
