#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "git/location.h"

namespace lockstep::git {

/// A repository whose files say everything that git would.
struct Discovery {
    Location location;
    std::size_t id_bytes = 20;
};

/// Looks for the repository that holds `directory` as git does (gitrepository-layout(5),
/// git-config(1)). Nothing where git must be asked: there is none, or anything about it is not as
/// plain as this program knows it. So it is with another owner than this process's user, a format
/// or extension that is not of versions 0 and 1, refs in tables, grafts, includes in a
/// configuration, a work tree elsewhere, environment variables that change what git reads.
std::optional<Discovery> discover(const std::string& directory);

/// What `ask_remote_url` and `read_remote_url` tell of a repository that was discovered, as it is
/// configured now. Nothing where git must be asked.
std::optional<std::string> remote_url_in_files(const Discovery& repository);

}  // namespace lockstep::git
