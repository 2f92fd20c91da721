#pragma once

#include <cstddef>
#include <string_view>

/// One input of a fuzz target that needs several texts: a line "%%" stands between them. Takes the
/// first part off; the last one is all that is left.
inline std::string_view next_part(std::string_view& input) {
    constexpr std::string_view separator = "\n%%\n";
    const std::size_t end = input.find(separator);
    const std::string_view part = input.substr(0, end);
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + separator.size());
    return part;
}
