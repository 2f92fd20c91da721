#pragma once

#include <string>

#include "base/result.h"
#include "git/repository.h"

namespace lockstep::workspace {

/// What a project is called, and where that was read.
struct Identity {
    std::string name;    // "descheduler"
    std::string source;  // "the URL of remote origin"
    std::string
        repository;  // "github.com/kubernetes-sigs/descheduler"; empty where there is no remote
};

/// From the remote's URL, else from the folder.
Result<Identity> identify(git::Repository& repository);
/// From the folder alone.
Identity identify_folder(const std::string& directory);

}  // namespace lockstep::workspace
