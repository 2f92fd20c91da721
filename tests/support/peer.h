#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::testing {

/// Another tool that tests compare with: along PATH, else where scripts/install-peers puts them.
/// Nothing where it is not installed; the test is then skipped, see `absent`.
std::optional<std::string> find_peer(std::string_view program);

/// What a skipped test says: "`crane` is not installed".
std::string absent(std::string_view program);

}  // namespace lockstep::testing
