#pragma once

#include <string>

#include "yaml/node.h"

namespace lockstep::kustomize {

/// "wrong node kind: expected ScalarNode but got SequenceNode": kustomize's words for a node of
/// another kind than the one that is needed.
std::string wrong_node_kind(yaml::Kind expected, const yaml::Node& found);

}  // namespace lockstep::kustomize
