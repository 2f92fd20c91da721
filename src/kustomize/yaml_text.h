#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "yaml/node.h"

/// YAML inside a text (a file in a ConfigMap), as kustomize writes it anew after a replacement:
/// keys in their order, every style kept, no line folded.
namespace lockstep::kustomize {

/// `root` without blanks around it.
///
/// Errors: `unsupported` for folded texts and keys of several lines.
Result<std::string> yaml_text(const yaml::Node& root);

/// Whether a text holds what `yaml_text` would lose: comments, anchors, tags, several documents,
/// tabs.
bool loses_something(std::string_view text);

}  // namespace lockstep::kustomize
