#pragma once

#include <chrono>

#include "base/result.h"

namespace lockstep::cli {

/// Ends the program with `exit_unchecked` and an error when `time` has passed, wherever it is then:
/// a disk, a network or a program that hangs is what a time limit is for.
Result<void> give_up_after(std::chrono::milliseconds time);

}  // namespace lockstep::cli
