#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "edit/edit.h"

namespace lockstep::cli {

/// Puts the edited files below `root`: all of them or none, as far as errors go. A file that is no
/// longer what was edited is a `conflict`, and nothing is written; where writing fails in the
/// middle, what was written is put back.
Result<void> write_edits(const std::string& root, const std::vector<edit::FileEdit>& files);

}  // namespace lockstep::cli
