#pragma once

#include <string_view>

#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::yaml {

/// What an unquoted, untagged scalar means under `dialect`. Infinity and NaN are `real`; a date is
/// a `timestamp` under both (who reads kustomization files takes it for a string).
Type plain_type(std::string_view text, Dialect dialect);

/// `12:30`, a number to base 60 in YAML 1.1: a string for Go, but one that it prints in quotes.
bool is_base60(std::string_view text);

}  // namespace lockstep::yaml
