#pragma once

#include <string>
#include <string_view>

namespace lockstep::report {

/// `text` for XML 1.0 or HTML, in content and in quoted attributes: the five characters that mean
/// something are entities; what XML 1.0 cannot hold or would hide is written as `printable` does.
/// Line feeds and tabs stay.
std::string xml_escaped(std::string_view text);

}  // namespace lockstep::report
