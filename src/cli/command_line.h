#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/option_table.h"
#include "cli/options.h"

namespace lockstep::cli {

using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// What one command line asks for.
struct Invocation {
    Command command = Command::help;
    bool wants_help = false;  // of `command`
    Options options;
};

/// `arguments` without the program's name. Flags may stand anywhere, before the command too; one on
/// the command line wins over its LOCKSTEP_* variable, an empty variable counts as unset. Errors
/// are `usage` and name the nearest word where one was mistyped.
Result<Invocation> parse_command_line(std::span<const std::string_view> arguments,
                                      const Environment& environment);

/// What `words` begin with: "verify", or "image copy" where the first is a group.
std::string command_name(std::span<const std::string_view> words);

/// The error for a command that does not exist, with the nearest that does.
std::unexpected<Error> unknown_command(std::string_view name);

}  // namespace lockstep::cli
