#pragma once

#include "base/result.h"

namespace lockstep::cli {

/// A lost race has an exit status of its own, so that a script can tell it from a fault: prints a
/// `conflict` and gives that status; any other error stays one.
Result<int> settled(const Error& error);

}  // namespace lockstep::cli
