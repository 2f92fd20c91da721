#pragma once

#include <cstddef>

namespace lockstep::release_protocol {

/// What this program tried; printed at its end as
/// "release: K kill points, F faults, R races, V violations".
struct Totals {
    std::size_t kill_points = 0, faults = 0, races = 0, violations = 0;
};
Totals& totals();

/// Whether everything is tried (LOCKSTEP_RELEASE_TESTS=full), or a selection that takes a minute.
bool is_full();

}  // namespace lockstep::release_protocol
