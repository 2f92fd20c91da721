#pragma once

#include <string_view>

namespace lockstep::cli {

/// "0.1.0": of this program.
std::string_view tool_version();

}  // namespace lockstep::cli
