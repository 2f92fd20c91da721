#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "git/remote.h"

namespace lockstep::cli {

/// The URL that an argument of the command line is; nothing where it is none. A malformed one is
/// `usage`: it can be typed again, unlike what a manifest says.
Result<std::optional<git::RemoteUrl>> typed_url(std::string_view argument);

/// Whether it is written so that it can only be a directory: "./app", "..", "/srv/app".
bool names_directory(std::string_view text);

}  // namespace lockstep::cli
