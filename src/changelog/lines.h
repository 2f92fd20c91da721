#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// What a change log says: its lines, and its sections by version. Opens nothing.
namespace lockstep::changelog {

struct Line {
    std::size_t offset = 0;
    unsigned number = 0;    // from 1
    std::string_view text;  // without its line break
    bool is_code = false;   // inside of fenced code, or its fence

    std::size_t end() const { return offset + text.size(); }
};

/// The lines of a Markdown text, which is borrowed.
std::vector<Line> lines_of(std::string_view file);

/// Whether two words differ in nothing but the case of ASCII letters.
bool is_same_word(std::string_view a, std::string_view b);

bool is_blank(std::string_view line);

/// "Unreleased" of `[Unreleased]: https://…`; empty where the line defines no link.
std::string_view link_name(std::string_view line);

}  // namespace lockstep::changelog
