#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "project/project.h"
#include "project/reader.h"

/// The parts of a configuration that say how a release is made.
namespace lockstep::project {

/// `{command: …}`, `{layout: …}` or `{external: true}`, with `timeLimit`.
Result<Build> read_build(const Item& item);

/// A list of words, or one text that `sh -c` runs.
Result<std::vector<std::string>> read_command(const Item& item);

Result<Release> read_release(const Item& item);

/// "merge", "tag-only", …: as in the file.
std::string_view to_string(Release::Mode mode);
std::string_view to_string(Release::Behind behind);
std::string_view to_string(Release::Sign sign);

/// "1h30m"
std::string written(std::chrono::seconds duration);

}  // namespace lockstep::project
