#pragma once

#include <cstddef>
#include <map>
#include <string_view>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

/// The syntax of `vars`: `$(NAME)` is a reference, `$$` one dollar, any other dollar itself.
namespace lockstep::kustomize {

struct Value {
    const yaml::Node* node;
    bool used = false;
};
using Values = std::map<std::string_view, Value>;

/// What a var stands for where its source is `field`: a copy, with numbers as Go writes them. A
/// mapping or list stands for nothing; references to it stay.
///
/// `invalid` where the number is in a form Go does not read here, as `0x10`.
Result<yaml::Node*> variable_value(yaml::Arena& arena, const yaml::Node& field);

/// Replaces the references in `text`, a string. Whatever it was written as, it is a plain scalar
/// from then on: kustomize loses the style even where it finds no reference. `invalid` where the
/// text then has more than `bytes_max`.
Result<void> replace_variables(yaml::Arena& arena, yaml::Node& text, Values& values,
                               std::size_t bytes_max);

}  // namespace lockstep::kustomize
