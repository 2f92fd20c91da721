#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "evidence/evidence.h"
#include "workspace/workspace.h"

namespace lockstep::cli {

/// Asks registries, and layouts that answer in their place, for the project's own images that
/// `history` declares and for `more` references, and puts what they hold into it. What could not be
/// asked is known as such afterwards; an error, where answers are required, is one of the
/// credentials' configuration.
Result<void> ask_registries(workspace::Workspace& workspace, evidence::History& history,
                            const Options& options, AskRegistry asking,
                            std::span<const std::string> more = {});

}  // namespace lockstep::cli
