#pragma once

#include <optional>
#include <string_view>

#include "git/inflate.h"
#include "git/stored_object.h"

namespace lockstep::git {

/// An object in a file of its own (gitformat-loose(5)): "TYPE SIZE", a zero byte and its content,
/// compressed together. Nothing where `file` is no such thing, is damaged, goes on behind it, or
/// holds more than `bytes_max`.
std::optional<ObjectHeader> read_loose_header(std::string_view file, Inflater& inflater);
std::optional<StoredObject> read_loose_object(std::string_view file, std::size_t bytes_max,
                                              Inflater& inflater);

}  // namespace lockstep::git
