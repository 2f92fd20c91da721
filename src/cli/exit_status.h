#pragma once

#include "base/error.h"

namespace lockstep::cli {

// 0 consistent, 1 findings, 3 not everything could be checked: see verify::exit_status. 4 a
// release that lost a race, or whose version is taken.
inline constexpr int exit_ok = 0;
inline constexpr int exit_finding = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_unchecked = 3;
inline constexpr int exit_conflict = 4;

/// Wrong usage and configuration can be corrected; everything else means that what was asked could
/// not be checked.
inline int exit_status_of(const Error& error) {
    return error.kind == Error::Kind::usage ? exit_usage : exit_unchecked;
}

}  // namespace lockstep::cli
