#include <gtest/gtest.h>

#include "release_lab/expectations.h"
#include "release_lab/kill.h"
#include "release_lab/story.h"
#include "release_protocol/runner.h"
#include "release_protocol/setups.h"

namespace lockstep::release_protocol {

namespace {

using release_lab::Ended;
using release_lab::run_and_kill;
using release_lab::run_lockstep;

constexpr const char* version = "v1.1.0";

/// Of a selection, every so many events; the first and the last are always among them.
std::size_t stride() {
    return is_full() ? 1 : 24;
}

void release_in_child(const Lab& lab, release::Observer& observer) {
    release(lab, version, observer);
}

/// Killed at `event`; then what `afterwards` does. Whether the event came.
template <typename Afterwards>
bool killed_at(const LabSetup& setup, std::size_t event, const Afterwards& afterwards) {
    const Lab lab(setup);
    WorldObserver world(lab);
    const Ended ended = run_and_kill(
        lab, event, [&](release::Observer& observer) { release_in_child(lab, observer); });
    SCOPED_TRACE(ended.last());
    EXPECT_EQ(ended.failure, "");
    if (ended.was_killed) ++totals().kill_points;
    afterwards(lab, ended);
    expect_silent(world);
    return ended.was_killed;
}

/// Killed at every event of a whole release, one after the other.
template <typename Afterwards>
void kill_everywhere(const LabSetup& setup, const Afterwards& afterwards) {
    for (std::size_t event = 1;; event += stride()) {
        if (!killed_at(setup, event, afterwards)) return;
        if (::testing::Test::HasFatalFailure()) return;
    }
}

void resume(const Lab& lab, const Ended& ended) {
    os::Captured resumed = run_lockstep(lab, {"release", "resume", version});
    // Nothing was begun where it was killed before its first push: then it begins again.
    if (resumed.exit.code == 3 && resumed.err.contains("was begun"))
        resumed = run_lockstep(lab, {"release", "start", version, "--yes"});
    EXPECT_EQ(resumed.exit.code, 0) << ended.last() << '\n' << resumed.err;
    release_lab::expect_released(lab, version);
}

void abort(const Lab& lab, const Ended& ended) {
    const os::Captured aborted = run_lockstep(lab, {"release", "abort", version});
    if (aborted.exit.code == 4) {  // published: it cannot be given up, and is completed
        EXPECT_TRUE(aborted.err.contains("published") || aborted.err.contains("visible"))
            << aborted.err;
        return resume(lab, ended);
    }
    if (aborted.exit.code == 3 && aborted.err.contains("was begun"))
        return release_lab::expect_traceless(lab, version);
    ASSERT_EQ(aborted.exit.code, 0) << aborted.err;
    if (aborted.out.contains("is spent")) {
        release_lab::expect_burned(lab, version);
        const os::Captured again = run_lockstep(lab, {"release", "start", version, "--yes"});
        EXPECT_EQ(again.exit.code, 4) << again.out << again.err;
        return;
    }
    release_lab::expect_traceless(lab, version);
    const os::Captured again = run_lockstep(lab, {"release", "start", version, "--yes"});
    EXPECT_EQ(again.exit.code, 0) << again.err;
    release_lab::expect_released(lab, version);
}

class Kill : public OnSetup {};

TEST_P(Kill, ThenResume) {
    kill_everywhere(GetParam(), resume);
}

TEST_P(Kill, ThenAbort) {
    kill_everywhere(GetParam(), abort);
}

std::vector<LabSetup> selection() {
    std::vector<LabSetup> setups = all_setups();
    // One of each mode, transport and registry is enough to see that nothing is broken.
    if (!is_full()) setups = {setups.front(), setups.back()};
    return setups;
}

INSTANTIATE_TEST_SUITE_P(Release, Kill, ::testing::ValuesIn(selection()),
                         [](const auto& tested) { return name_of(tested.param); });

}  // namespace

}  // namespace lockstep::release_protocol
