#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::os {

/// A variable of this process's environment; nothing where it is unset.
std::optional<std::string> environment(std::string_view name);

/// Where lockstep keeps what it can fetch again: $XDG_CACHE_HOME/lockstep, else ~/.cache/lockstep.
/// A relative XDG_CACHE_HOME is ignored, as its standard says. `not_found` where neither variable
/// is set. The folder need not exist.
Result<std::string> cache_directory();

/// The program that a name means along PATH, as an absolute path. Relative and empty parts of PATH
/// are skipped: a checkout must not be able to bring its own `git`. A `name` with a slash is taken
/// as it is. `not_found` otherwise.
Result<std::string> find_program(std::string_view name);

}  // namespace lockstep::os
