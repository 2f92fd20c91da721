#pragma once

#include <string>
#include <string_view>

#include "cli/option_table.h"

namespace lockstep::cli {

/// How the user calls us: "lockstep", or "kubectl lockstep" as a plugin of kubectl.
std::string overview_text(std::string_view program);
std::string help_text(Command command, std::string_view program);

/// "-o, --output FORMAT", as in help and the man page.
std::string spelling(const Flag& flag);

}  // namespace lockstep::cli
