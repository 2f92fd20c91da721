#pragma once

#include <cstdint>

namespace lockstep::cli {

/// The time that is written into reports and records; SOURCE_DATE_EPOCH makes them the same on
/// every run.
std::int64_t now();

}  // namespace lockstep::cli
