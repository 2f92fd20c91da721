#pragma once

#include "cli/options.h"

namespace lockstep::cli {

/// Whether what goes to standard output is coloured: as the user says, else on a terminal.
bool wants_color(const Options& options);

}  // namespace lockstep::cli
