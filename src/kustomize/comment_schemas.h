#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// Finds the schemas that comments give to fields, `ports: # {"type": "array", …}`, and adds them to
/// those of the build: a strategic merge goes by them before all others. `roots` were read from
/// `source`. Only comments at the end of a line count here.
///
/// Errors: `unsupported` where a schema that merges stands elsewhere, or refers to a definition that
/// is not known here.
Result<void> read_comment_schemas(Build& build, const yaml::Source& source,
                                  std::span<yaml::Node* const> roots);

}  // namespace lockstep::kustomize
