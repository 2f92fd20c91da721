#include "release_protocol/totals.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "os/environment.h"

namespace lockstep::release_protocol {

namespace {

class Printer final : public ::testing::Environment {
  public:
    void TearDown() override {
        const Totals& all = totals();
        std::printf("release: %zu kill points, %zu faults, %zu races, %zu violations\n",
                    all.kill_points, all.faults, all.races, all.violations);
    }
};

// gtest owns it.
const ::testing::Environment* const printer = ::testing::AddGlobalTestEnvironment(new Printer);

}  // namespace

Totals& totals() {
    static Totals all;
    return all;
}

bool is_full() {
    return os::environment("LOCKSTEP_RELEASE_TESTS").value_or("") == "full";
}

}  // namespace lockstep::release_protocol
