#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Foreign text on a terminal: nothing in it may move the cursor, change colours or order, or hide.
namespace lockstep::report {

/// `text` with control characters, invisible and direction-changing ones and invalid UTF-8 written
/// as escapes ("\x1b", "\u{202e}"). One line, whatever comes in.
std::string printable(std::string_view text);

/// Columns that a terminal needs for a text that `printable` gave.
unsigned display_width(std::string_view text);
unsigned display_width(char32_t point);

/// `text`, printable, cut to `width` columns with "…" at the end where it was longer.
std::string cut(std::string_view text, unsigned width);

/// The same with the "…" in the middle: for names that differ in their ends.
std::string cut_middle(std::string_view text, unsigned width);

/// `text` broken at blanks into lines of at most `width` columns; a longer word stands alone.
std::vector<std::string> lines_within(std::string_view text, unsigned width);

/// `text` with spaces behind it up to `width` columns.
std::string padded(std::string text, unsigned width);

}  // namespace lockstep::report
