#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/registry_server.h"

namespace lockstep::testing {

/// A test that runs on each kind of registry, and is skipped with a word where one is not here.
class OnRegistry : public ::testing::TestWithParam<RegistryKind> {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(GetParam())) GTEST_SKIP() << *why;
    }
};

/// The name of such a test behind the slash.
inline std::string kind_name(const ::testing::TestParamInfo<RegistryKind>& tested) {
    return to_string(tested.param);
}

/// Those that refuse what a registry must refuse and have settings.
inline auto distribution_kinds() {
    return ::testing::Values(RegistryKind::docker_registry, RegistryKind::distribution);
}
inline auto all_kinds() {
    return ::testing::ValuesIn(registry_kinds);
}

}  // namespace lockstep::testing
