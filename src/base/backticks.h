#pragma once

#include <string>
#include <string_view>

namespace lockstep {

/// A name of the user's in a message: `kite`. Not called `quoted`: of a std::string that would be
/// std::quoted wherever <iomanip> has been included, by whomever.
inline std::string in_backticks(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 2);
    return result.append(1, '`').append(text).append(1, '`');
}

}  // namespace lockstep
