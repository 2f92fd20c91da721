#include "report/markdown_text.h"

#include <algorithm>

#include "report/printable.h"

namespace lockstep::report::markdown {

std::size_t longest_run(std::string_view text, char wanted) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == wanted ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string plain(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '/' && out.ends_with(':')) {
            out += "&#47;";  // or a URL would become a link
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '@') {
            out += "&#64;";  // a mention is no use of a backslash
        } else {
            if (std::string_view("\\`*_{}[]()#+!|~>").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
    }
    return out;
}

std::string code(std::string_view text) {
    const std::string shown = printable(text);
    if (shown.empty()) return {};
    const std::string fence(longest_run(shown, '`') + 1, '`');
    const bool needs_room = shown.front() == '`' || shown.back() == '`';
    const char* const room = needs_room ? " " : "";
    return fence + room + shown + room + fence;
}

std::string cell_code(std::string_view text) {
    std::string out;
    for (const char c : code(text)) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string sentence(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('`');
        const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
        if (close == std::string_view::npos) return out + plain(text);
        out += plain(text.substr(0, open));
        out += close == open + 1 ? "\\`\\`" : code(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace lockstep::report::markdown
