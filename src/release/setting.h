#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "images/store.h"
#include "oci/reference.h"
#include "release/observer.h"
#include "workspace/ask_images.h"
#include "workspace/workspace.h"

namespace lockstep::release {

/// Where a release is made and by whom. Borrowed for the life of a Releaser.
struct Setting {
    std::string directory = ".";  // the user's repository
    std::optional<std::string>
        configuration;  // a file; unset: lockstep.yaml of the release's source
    std::string cache_directory;
    std::string tool;                   // "lockstep 0.1.0"
    std::string runner;                 // "ann@build-7"
    std::function<std::int64_t()> now;  // seconds since 1970 UTC
    /// The store to write `reference` into, and to read from what was just written.
    std::function<Result<images::Store*>(const oci::Reference&)> store;
    /// Who answers for what a tree names, in the world as it is.
    std::function<workspace::FindAnswerer(const workspace::Workspace&)> answerers;
    Observer* observer = nullptr;  // never null
};

}  // namespace lockstep::release
