#pragma once

#include <string>
#include <vector>

#include "base/result.h"

/// Git, as the user runs it: with hooks, signatures and identities as configured.
namespace lockstep::cli {

/// Those of `paths`, relative to the work tree at `root`, that the last commit has otherwise or not
/// at all.
Result<std::vector<std::string>> uncommitted(const std::string& root,
                                             const std::vector<std::string>& paths);

/// Whether a commit could be made at all: `denied` with git's words where nobody is to be its
/// author.
Result<void> check_identity(const std::string& root);

/// Commits exactly these files, whatever else is staged: the id of the commit. `denied` with git's
/// words where it refuses.
Result<std::string> commit_files(const std::string& root, const std::vector<std::string>& paths,
                                 const std::string& message);

}  // namespace lockstep::cli
