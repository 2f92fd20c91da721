#include "cli/wrap.h"

#include <algorithm>

namespace lockstep::cli {
namespace {

constexpr std::size_t width = 100;

/// Characters, not bytes.
std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

void pad_to(std::string& out, std::size_t line_start, std::size_t column) {
    const std::size_t used = columns(std::string_view(out).substr(line_start));
    if (used >= column) out += '\n';
    out.append(used >= column ? column : column - used, ' ');
}

void append_wrapped(std::string& out, std::string_view text, std::size_t indent) {
    std::size_t column = indent;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        const std::size_t wide = columns(word);
        if (column > indent && column + 1 + wide > width) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
        }
        if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += wide;
    }
    out += '\n';
}

}  // namespace lockstep::cli
