#pragma once

#include <string>

#include "base/file_tree.h"
#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// Reads one JSON value as strictly as Go does (RFC 8259, no comments, no trailing commas; the last
/// of duplicate names wins), each node with its mark. The arena keeps the text. A text that
/// begins with a bracket or a brace has to be JSON: YAML would take more, and other escapes.
///
/// Errors: `invalid` with path:line:column.
Result<yaml::Node*> read_json(yaml::Arena& arena, std::string path, Blob text);

}  // namespace lockstep::kustomize
