#pragma once

#include <string>
#include <string_view>

namespace lockstep::report {

/// A line of a file made ready to be shown, and where in it the offending scalar stands.
struct Excerpt {
    std::string before, marked, after;  // printable; together the line, or a window of it
    unsigned indent = 0;                // columns before the mark
    unsigned width = 0;                 // columns of the mark; 0: nothing to mark
};

/// `column` counts code points from 1 and `length` them, as in Location; 0 is unknown. Tabs become
/// spaces (tab stops at 4), and a line wider than `room` is cut to a window around the mark with
/// "…" where something is missing.
Excerpt make_excerpt(std::string_view line, unsigned column, unsigned length, unsigned room);

/// Spaces and carets to be put under the line; empty where there is nothing to mark.
std::string caret_line(const Excerpt& excerpt);

}  // namespace lockstep::report
