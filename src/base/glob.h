#pragma once

#include <string_view>

namespace lockstep {

/// `pattern` against a whole path or name, as in gitignore: `*` any run within a part, `?` one
/// character and `[a-z]`, `[!a-z]` one of some, none of them a slash; `**` any run. `**/` at the
/// start or behind a slash is any number of folders, also none; `dir/**` is `dir` and all below it.
/// A backslash takes the next character literally. Takes time in proportion to both lengths.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace lockstep
