#pragma once

#include <string_view>

#include "yaml/node.h"

namespace lockstep::kustomize {

/// Gives a scalar a new text as kustomize's transformers do: the style of the old one stays, its
/// type does not. A quoted scalar is then a string, a plain one is what the text looks like.
void set_untyped(yaml::Node& scalar, std::string_view text, yaml::Mark mark);

}  // namespace lockstep::kustomize
