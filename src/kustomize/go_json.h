#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "yaml/node.h"

/// JSON as Go writes it.
namespace lockstep::kustomize {

/// A string: what HTML could take for markup is escaped, too.
void append_json_string(std::string& out, std::string_view text);

enum class JsonLayout { compact, indented };

/// A tree, keys sorted by their bytes; indented by two spaces. Dates become strings. `invalid` for
/// what JSON has no value for, as infinity.
Result<std::string> go_json(const yaml::Node& root, JsonLayout layout);

}  // namespace lockstep::kustomize
