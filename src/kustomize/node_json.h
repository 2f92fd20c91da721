#pragma once

#include <string>

#include "yaml/node.h"

/// The hash of kinds other than ConfigMap and Secret: kustomize hashes the tree of its YAML parser
/// written as JSON, with the style, the tag and the place of each node.
namespace lockstep::kustomize {

/// That JSON, of a tree that is as it was read, without comments, anchors and tags of its own.
std::string node_json(const yaml::Node& root);

/// Whether `now` still is what was read, but for kustomize's own notes among the annotations.
bool is_as_read(const yaml::Node& read, const yaml::Node& now);

}  // namespace lockstep::kustomize
