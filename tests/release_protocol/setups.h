#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "release_lab/lab.h"
#include "release_lab/observer.h"
#include "release_protocol/totals.h"

namespace lockstep::release_protocol {

using release_lab::Lab;
using release_lab::LabSetup;
using release_lab::Mode;
using release_lab::Transport;
using release_lab::WorldObserver;

/// Every mode × transport × registry.
inline std::vector<LabSetup> all_setups() {
    using testing::RegistryKind;
    std::vector<LabSetup> setups;
    for (const RegistryKind registry : {RegistryKind::docker_registry, RegistryKind::ggcr})
        for (const Transport transport : {Transport::file, Transport::http})
            for (const Mode mode : {Mode::tag, Mode::digest})
                setups.push_back({.mode = mode, .transport = transport, .registry = registry});
    return setups;
}

inline std::string name_of(const LabSetup& setup) {
    std::string name = std::string(to_string(setup.mode)) + "_" +
                       std::string(to_string(setup.transport)) + "_" +
                       testing::to_string(setup.registry);
    std::ranges::replace_if(
        name, [](char c) { return c == '-' || c == ' ' || c == '.'; }, '_');
    return name;
}

/// A test on one setup: skipped with a word where a part of it is not here, or where only a
/// selection is run and it is not in that.
class OnSetup : public ::testing::TestWithParam<LabSetup> {
  protected:
    void SetUp() override {
        if (const auto why = release_lab::why_absent(GetParam())) GTEST_SKIP() << *why;
    }
};

/// What the observer saw is counted, and each violation is a failure.
inline void expect_silent(WorldObserver& world) {
    const WorldObserver::Report report = world.finish();
    totals().violations += report.violations.size();
    for (const std::string& violation : report.violations) ADD_FAILURE() << violation;
    EXPECT_GT(report.looks, 0U);
    EXPECT_GT(report.tags, 0U) << "the observer saw no release";
}

}  // namespace lockstep::release_protocol
