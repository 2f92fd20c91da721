#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/object_id.h"

/// What is told of objects that cannot be read.
namespace lockstep::git {

/// "object 1234…"
std::string object_named(const ObjectId& id);

Error not_fetched(const ObjectId& id);
Error damaged(const ObjectId& id, const std::string& said);
Error too_large(const ObjectId& id, std::size_t size, std::size_t limit);
Error missing(const ObjectId& id);
/// It is not what the tree that holds it says: "tree", "blob".
Error no_such_kind(const ObjectId& id, const std::string& kind);

/// The text behind the first "error: " at the beginning of a line.
std::optional<std::string> first_error(std::string_view text);

}  // namespace lockstep::git
