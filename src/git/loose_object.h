#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "git/inflate.h"
#include "git/object_id.h"
#include "git/stored_object.h"

namespace lockstep::git {

/// An object in a file of its own (gitformat-loose(5)): "TYPE SIZE", a zero byte and its content,
/// compressed together. Nothing where `file` is no such thing, is damaged, goes on behind it, or
/// holds more than `bytes_max`.
std::optional<ObjectHeader> read_loose_header(std::string_view file, Inflater& inflater);
std::optional<StoredObject> read_loose_object(std::string_view file, std::size_t bytes_max,
                                              Inflater& inflater);

/// The name that git gives an object, in a repository whose names have `id_bytes` bytes: 20 (SHA-1)
/// or 32 (SHA-256).
ObjectId name_of(const StoredObject& object, std::size_t id_bytes);
/// Puts an object into `folder`, the `objects` of a repository that nobody else writes to, and that
/// need not survive a power cut. What it says is not looked at: a tree or a commit must be as git
/// has it. An object that is there already is fine.
Result<ObjectId> write_loose_object(const std::string& folder, const StoredObject& object,
                                    std::size_t id_bytes);

}  // namespace lockstep::git
