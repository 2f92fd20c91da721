#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "changelog/lines.h"

namespace lockstep::changelog {

struct Heading {
    std::string_view title;
    unsigned rank = 0;        // 1 is the highest; 7: a line that stands alone
    std::size_t line = 0;     // its place among the lines
    std::size_t content = 0;  // the place of the first line behind it
};

/// The headings of these lines, in order: "# …", those underlined with '=' or '-', and lines like
/// "Version 1.2.3", "**v1.2.3**" between blank ones.
std::vector<Heading> headings_of(const std::vector<Line>& lines);

}  // namespace lockstep::changelog
