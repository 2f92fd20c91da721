#pragma once

#include <optional>
#include <string>

#include "base/file_tree.h"
#include "base/result.h"
#include "project/project.h"

namespace lockstep::workspace {

/// The configuration in the file at `path` of the disk.
Result<project::Project> read_configuration(const std::string& path);

/// The configuration at the root of `tree`, under the first of its names that is there; an empty
/// project where there is none.
Result<project::Project> find_configuration(const FileTree& tree);

}  // namespace lockstep::workspace
