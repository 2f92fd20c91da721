#pragma once

#include <string_view>

namespace lockstep::ci {

/// A pattern of GitHub's `branches:` and `tags:` against a ref's name: `*` is any run without a
/// slash, `**` any run, `?` none or one of the character before, `+` one or more of it, `[a-z]` one
/// of some, a backslash takes the next literally. Takes time in proportion to both lengths.
bool matches_ref_filter(std::string_view pattern, std::string_view name);

}  // namespace lockstep::ci
