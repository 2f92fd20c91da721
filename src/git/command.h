#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/subprocess.h"

namespace lockstep::git {

/// `git args…` in `directory`, for reading: no prompt, no lock, no pager, no replaced objects, no
/// fetch behind our back, nothing of the environment that points at another repository.
os::Command git_command(std::vector<std::string> args, const std::string& directory);

/// What git said when it gave up: the text behind "fatal: " or "error: ", else its last line.
std::string complaint(std::string_view stderr_text);

/// The error for a git that ended badly in `directory`: refusals that every command can meet (no
/// repository, dubious ownership, too old) with their hints, else `otherwise`.
Error explain(const os::Captured& captured, const std::string& directory, Error::Kind otherwise);

/// Runs git for its output; anything but exit status 0 is an error by `explain`.
Result<std::string> run_git(std::vector<std::string> args, const std::string& directory);

}  // namespace lockstep::git
