#include <gtest/gtest.h>

#include "release_lab/expectations.h"
#include "release_lab/story.h"
#include "release_protocol/setups.h"

namespace lockstep::release_protocol {

namespace {

using release_lab::run_lockstep;
using testing::Fault;
using testing::FaultProxy;

constexpr const char* version = "v1.1.0";

/// Every so many requests; each fault begins at another one, so that together they meet every
/// request. A selection meets one for each fault.
constexpr std::size_t stride = 7;

/// The release, with this fault on its `nth` request to one of the servers; then whatever it takes
/// to bring it to its end. Whether there was such a request.
bool spoil(const LabSetup& setup, FaultProxy& (Lab::*proxy)() const, const Fault& fault,
           std::size_t nth) {
    const Lab lab(setup);
    WorldObserver world(lab);
    FaultProxy& spoilt = (lab.*proxy)();
    spoilt.add({.fault = fault, .nth = nth});
    os::Captured run = run_lockstep(lab, {"release", "start", version, "--yes"});
    const bool came = spoilt.spoilt() > 0;
    SCOPED_TRACE(testing::to_string(fault) + " at request " + std::to_string(nth));
    if (came) ++totals().faults;
    spoilt.clear();
    // The network is well again: no hand has to repair anything.
    if (run.exit.code != 0) {
        SCOPED_TRACE("the release said: " + run.err);
        EXPECT_NE(run.exit.code, 70) << "a fault of the program itself";
        run = run_lockstep(lab, {"release", "resume", version});
        if (run.exit.code == 3 && run.err.contains("was begun"))
            run = run_lockstep(lab, {"release", "start", version, "--yes"});
    }
    EXPECT_EQ(run.exit.code, 0) << run.err;
    release_lab::expect_released(lab, version);
    expect_silent(world);
    return came;
}

void spoil_everything(const LabSetup& setup, FaultProxy& (Lab::*proxy)() const) {
    std::size_t first = 1;
    bool is_selected = proxy == &Lab::registry_proxy;
    for (const Fault& fault : testing::all_faults()) {
        // A selection tries one half of the faults on the registry, the other one on the remote.
        is_selected = !is_selected;
        if (!is_full() && !is_selected) continue;
        for (std::size_t nth = first;; nth += stride) {
            const bool came = spoil(setup, proxy, fault, nth);
            if (!came || !is_full() || ::testing::Test::HasFatalFailure()) break;
        }
        first = is_full() ? first % stride + 1 : first + 3;
    }
}

LabSetup with_proxies(Mode mode) {
    return {.mode = mode, .transport = Transport::http, .has_proxies = true};
}

class Network : public OnSetup {};

TEST_P(Network, OfTheRegistryFails) {
    spoil_everything(GetParam(), &Lab::registry_proxy);
}

TEST_P(Network, OfTheRemoteFails) {
    spoil_everything(GetParam(), &Lab::git_proxy);
}

std::vector<LabSetup> selection() {
    if (!is_full()) return {with_proxies(Mode::tag)};
    return {with_proxies(Mode::tag), with_proxies(Mode::digest)};
}

INSTANTIATE_TEST_SUITE_P(Release, Network, ::testing::ValuesIn(selection()),
                         [](const auto& tested) { return name_of(tested.param); });

}  // namespace

}  // namespace lockstep::release_protocol
