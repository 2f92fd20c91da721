#include "report/excerpt.h"

#include <algorithm>
#include <vector>

#include "json/utf8.h"
#include "report/printable.h"

namespace lockstep::report {

namespace {

constexpr unsigned tab_stop = 4;

/// One character of the line as it is shown.
struct Glyph {
    std::string text;
    unsigned width = 0;
};

std::vector<Glyph> glyphs_of(std::string_view line) {
    std::vector<Glyph> glyphs;
    for (unsigned at = 0; !line.empty();) {
        const json::CodePoint point = json::decode(line);
        Glyph glyph;
        if (point.value == '\t') {
            glyph.width = tab_stop - at % tab_stop;
            glyph.text.assign(glyph.width, ' ');
        } else {
            glyph.text = printable(line.substr(0, point.length));
            glyph.width = display_width(glyph.text);
        }
        at += glyph.width;
        glyphs.push_back(std::move(glyph));
        line.remove_prefix(point.length);
    }
    return glyphs;
}

using Span = std::pair<std::size_t, std::size_t>;  // half open

unsigned width_of(const std::vector<Glyph>& glyphs, Span span) {
    unsigned width = 0;
    for (std::size_t at = span.first; at < span.second; ++at) width += glyphs[at].width;
    return width;
}

std::string text_of(const std::vector<Glyph>& glyphs, Span span) {
    std::string text;
    for (std::size_t at = span.first; at < span.second; ++at) text += glyphs[at].text;
    return text;
}

Span mark_of(const std::vector<Glyph>& glyphs, unsigned column, unsigned length) {
    if (column == 0 || column > glyphs.size()) return {glyphs.size(), glyphs.size()};
    const std::size_t first = column - 1;
    return {first, std::min<std::size_t>(glyphs.size(), first + std::max(length, 1u))};
}

/// The part of the line to show: the mark, then what fits on both sides of it, first the left.
Span window_of(const std::vector<Glyph>& glyphs, Span mark, unsigned room) {
    if (width_of(glyphs, {0, glyphs.size()}) <= room) return {0, glyphs.size()};
    if (mark.first == mark.second) mark = {0, 0};
    room = std::max(room, 8u) - 2;  // an ellipsis on both sides
    Span window{mark.first, mark.first};
    unsigned used = 0;
    const auto take = [&](std::size_t at) {
        if (used + glyphs[at].width > room) return false;
        used += glyphs[at].width;
        return true;
    };
    while (window.second < mark.second && take(window.second)) ++window.second;
    const unsigned right = (room - used) / 3;
    while (window.first > 0 && used + right < room && take(window.first - 1)) --window.first;
    while (window.second < glyphs.size() && take(window.second)) ++window.second;
    return window;
}

}  // namespace

Excerpt make_excerpt(std::string_view line, unsigned column, unsigned length, unsigned room) {
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    const std::vector<Glyph> glyphs = glyphs_of(line);
    Span mark = mark_of(glyphs, column, length);
    const Span window = window_of(glyphs, mark, room);
    mark = {std::clamp(mark.first, window.first, window.second),
            std::clamp(mark.second, window.first, window.second)};
    Excerpt excerpt;
    if (window.first > 0) excerpt.before = "…";
    excerpt.before += text_of(glyphs, {window.first, mark.first});
    excerpt.marked = text_of(glyphs, mark);
    excerpt.after = text_of(glyphs, {mark.second, window.second});
    if (window.second < glyphs.size()) excerpt.after += "…";
    excerpt.indent = display_width(excerpt.before);
    excerpt.width = width_of(glyphs, mark);
    return excerpt;
}

std::string caret_line(const Excerpt& excerpt) {
    if (excerpt.width == 0) return {};
    return std::string(excerpt.indent, ' ') + std::string(excerpt.width, '^');
}

}  // namespace lockstep::report
