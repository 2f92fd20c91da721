#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lockstep::cli {

/// Appends spaces until the line that began at `line_start` is `column` wide; on a new line where
/// it is wider already.
void pad_to(std::string& out, std::size_t line_start, std::size_t column);

/// Appends `text` broken between words at column 100, its later lines indented, and a newline. The
/// first line is taken to stand at `indent` already.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent);

}  // namespace lockstep::cli
