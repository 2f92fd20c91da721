#pragma once

#include <optional>
#include <string_view>

namespace lockstep::git {

enum class ObjectType { commit, tree, blob, tag };
const char* to_string(ObjectType type);
/// The type of this name.
std::optional<ObjectType> object_type(std::string_view word);

}  // namespace lockstep::git
