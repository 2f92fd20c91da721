#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "os/subprocess.h"

namespace lockstep::git {

/// `git args…` in `directory` for an exchange with the repository at `url`: with the user's own
/// configuration and credentials, and no questions asked, neither on a terminal nor in a window.
/// Only ssh, https, git and file are spoken, and http where the URL says so.
os::Command remote_command(std::vector<std::string> args, const std::string& directory,
                           std::string_view url);

/// `text` in one line that is fit to be shown: without the credentials of `url`, without control
/// characters, cut where it is very long.
std::string for_people(std::string_view text, std::string_view url);

/// Why an exchange failed, from what git said on stderr. `not_found`: no such repository or ref;
/// `denied`: no access; else `unavailable`. `doing` begins the message: "fetching from `URL`".
Error explain_remote(const os::Captured& captured, std::string_view url, const std::string& doing);

}  // namespace lockstep::git
