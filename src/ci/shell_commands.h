#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::ci {

/// A command of a script, in words without their quotes. Nothing is expanded.
struct ShellCommand {
    std::vector<std::string> words;
    unsigned line = 0;  // of the script, from 0

    bool operator==(const ShellCommand&) const = default;
};

/// The simple commands of a shell script, in order: cut at separators, words joined over a
/// backslash at the end of a line; assignments in front, `sudo`, `exec`, `if`, `then` and their
/// like left out, comments too. Those in `$(…)` count. Here-documents and other shells are read as
/// if they were commands. Takes any text.
std::vector<ShellCommand> shell_commands(std::string_view script);

}  // namespace lockstep::ci
