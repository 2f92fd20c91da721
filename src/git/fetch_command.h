#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace lockstep::git {

struct FetchRequest {
    std::string git_directory;  // that receives the objects
    std::string repository;     // URL, or the name of a remote
    std::vector<std::string> refspecs;
    std::vector<std::string> configuration = {};  // "name=value" for -c
    /// The same for values that may be secrets: nobody sees them in a list of processes.
    std::vector<std::pair<std::string, std::string>> quiet_configuration = {};
    std::vector<std::string> options = {};
    std::string url = {};          // of the remote, where `repository` is a name
    bool offers_borrowed = false;  // says to the remote what the repository borrows from has
    std::chrono::milliseconds timeout;
    /// That no ref matches a refspec with `*` is an answer, no failure.
    bool may_match_nothing = false;
};

enum class Fetch : std::uint8_t {
    done,
    nothing_matched,  // and nothing was fetched or pruned: git has no more to do where it is asked
                      // for the newest commits of no ref
};

/// `git fetch` with the user's own configuration and credentials, and no questions asked: neither
/// on a terminal nor in a window. Only ssh, https, git and file are spoken, and http where the URL
/// says so. No hooks, no tags beyond the refspecs, no submodules, no housekeeping.
///
/// `not_found`: no such repository or ref; `denied`: no access; `unavailable`: no connection, or
/// not done within the timeout. Messages have no credentials in them.
Result<Fetch> run_fetch(const FetchRequest& request, std::string_view input = {});

/// An empty bare repository in an existing folder, without hooks or other files of a template.
Result<void> init_bare(const std::string& directory, const std::string& object_format);

}  // namespace lockstep::git
