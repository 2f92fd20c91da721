#pragma once

#include <cstdint>
#include <string_view>

namespace lockstep::yaml {

/// What the characters of a text allow a reader that is not libyaml.
enum class Characters : std::uint8_t {
    ascii,
    utf8,    // columns count code points
    others,  // something that libyaml refuses, takes for a line break, or skips
};

/// Known are tab, line feed, and what can be seen: no carriage return, no other control character,
/// no U+0085, U+2028 or U+2029, no byte order mark, no broken UTF-8.
Characters characters_of(std::string_view text);

}  // namespace lockstep::yaml
