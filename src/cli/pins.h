#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "verify/verdict.h"
#include "workspace/workspace.h"

namespace lockstep::cli {

/// By image name, what the registries hold now under the tags that the release's own images shall
/// have. The first that is not there, or cannot be asked for, is the error.
using Pins = std::map<std::string, std::string, std::less<>>;
Result<Pins> find_pins(const verify::ReleaseVerdict& release, const workspace::Workspace& workspace,
                       const Options& options, const std::string& tag);

}  // namespace lockstep::cli
