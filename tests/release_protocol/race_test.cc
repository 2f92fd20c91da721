#include <gtest/gtest.h>

#include <vector>

#include "release_lab/expectations.h"
#include "release_lab/story.h"
#include "release_protocol/setups.h"

namespace lockstep::release_protocol {

namespace {

using release_lab::RunSetup;
using release_lab::start_lockstep;

constexpr std::size_t runners = 8;

std::size_t rounds() {
    return is_full() ? 25 : 1;
}

std::vector<os::Captured> finished(std::vector<os::Running> running) {
    std::vector<os::Captured> ended;
    for (os::Running& each : running) {
        auto captured = each.finish();
        if (!captured) throw std::runtime_error(lockstep::to_string(captured.error()));
        ended.push_back(std::move(*captured));
    }
    return ended;
}

RunSetup runner_in(const std::string& directory, std::size_t number) {
    return {.directory = directory, .set = {{"USER", "runner" + std::to_string(number)}}};
}

class Race : public OnSetup {};

/// Of one version from one commit: whoever is faster at a step, all see the same release.
TEST_P(Race, OfOneVersion) {
    for (std::size_t round = 0; round < rounds(); ++round) {
        const Lab lab(GetParam());
        WorldObserver world(lab);
        std::vector<os::Running> running;
        for (std::size_t number = 0; number < runners; ++number)
            running.push_back(start_lockstep(lab, {"release", "start", "v1.1.0", "--yes"},
                                             runner_in({}, number)));
        std::size_t succeeded = 0;
        for (const os::Captured& each : finished(std::move(running))) {
            succeeded += each.exit.code == 0 ? 1 : 0;
            // Who lost says who won.
            EXPECT_TRUE(each.exit.code == 0 || (each.exit.code == 4 && each.err.contains("runner")))
                << each.exit.code << ": " << each.err;
        }
        ++totals().races;
        EXPECT_GE(succeeded, 1U);
        release_lab::expect_released(lab, "v1.1.0");
        expect_silent(world);
    }
}

/// Of one version from different commits: one of them is published, the others say which.
TEST_P(Race, OfOneVersionFromDifferentSources) {
    for (std::size_t round = 0; round < rounds(); ++round) {
        Lab lab(GetParam());
        WorldObserver world(lab);
        std::vector<os::Running> running;
        for (std::size_t number = 0; number < runners; ++number) {
            running.push_back(start_lockstep(lab, {"release", "start", "v1.1.0", "--yes"},
                                             runner_in({}, number)));
            if (number % 3 == 0) lab.change("change " + std::to_string(number));
        }
        std::size_t succeeded = 0;
        for (const os::Captured& each : finished(std::move(running))) {
            succeeded += each.exit.code == 0 ? 1 : 0;
            EXPECT_TRUE(each.exit.code == 0 || each.exit.code == 4)
                << each.exit.code << ": " << each.err;
        }
        ++totals().races;
        EXPECT_GE(succeeded, 1U);
        release_lab::expect_released(lab, "v1.1.0");
        expect_silent(world);
    }
}

/// Of different versions at once: each is whole.
TEST_P(Race, OfDifferentVersions) {
    for (std::size_t round = 0; round < rounds(); ++round) {
        const Lab lab(GetParam());
        WorldObserver world(lab);
        std::vector<os::Running> running;
        std::vector<std::string> versions;
        for (std::size_t number = 0; number < runners; ++number) {
            versions.push_back("v1." + std::to_string(number + 1) + ".0");
            running.push_back(start_lockstep(lab, {"release", "start", versions.back(), "--yes"},
                                             runner_in({}, number)));
        }
        const std::vector<os::Captured> ended = finished(std::move(running));
        for (std::size_t number = 0; number < runners; ++number) {
            EXPECT_EQ(ended[number].exit.code, 0) << versions[number] << ": " << ended[number].err;
            release_lab::expect_released(lab, versions[number]);
        }
        ++totals().races;
        expect_silent(world);
    }
}

std::vector<LabSetup> selection() {
    if (!is_full()) return {LabSetup{.transport = Transport::http}};
    return {LabSetup{.mode = Mode::tag, .transport = Transport::http},
            LabSetup{.mode = Mode::digest, .transport = Transport::file}};
}

INSTANTIATE_TEST_SUITE_P(Release, Race, ::testing::ValuesIn(selection()),
                         [](const auto& tested) { return name_of(tested.param); });

}  // namespace

}  // namespace lockstep::release_protocol
