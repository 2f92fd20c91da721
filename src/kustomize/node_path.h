#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

/// Paths of replacements: "spec.containers.[name=web].env.0.value", "metadata.annotations.[a.b/c]",
/// "spec.hosts.*", a dot within a part written "\.".
namespace lockstep::kustomize {

/// The parts of a path. Brackets without '=' only protect dots.
std::vector<std::string> split_path(std::string_view path);

/// The one node at a path; null where there is none. `[name=web]` is the first element whose field
/// is just that text, "-" the last element. Errors: `invalid` where a part does not fit the node.
Result<const yaml::Node*> look_up(const yaml::Node& root, const std::vector<std::string>& parts);
Result<yaml::Node*> look_up(yaml::Node& root, const std::vector<std::string>& parts);

/// All nodes at a path: `[name=we.*]` is an RE2 expression that need not match the whole text, `*`
/// is every element. With `create`, fields and elements that are missing are made, at the end as
/// nodes of that kind.
///
/// Errors: `invalid` where a part does not fit the node, `unsupported` where the path goes on into
/// YAML or JSON within a text.
Result<std::vector<yaml::Node*>> match_path(yaml::Arena& arena, yaml::Node& root,
                                            const std::vector<std::string>& parts,
                                            std::optional<yaml::Kind> create);

}  // namespace lockstep::kustomize
