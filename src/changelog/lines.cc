#include "changelog/lines.h"

#include <algorithm>

namespace lockstep::changelog {

std::vector<Line> lines_of(std::string_view file) {
    std::vector<Line> lines;
    std::string_view fence;
    unsigned number = 0;
    for (std::size_t at = 0; at < file.size();) {
        const std::size_t end = std::min(file.find('\n', at), file.size());
        std::string_view text = file.substr(at, end - at);
        if (text.ends_with('\r')) text.remove_suffix(1);
        const bool is_fence = text.starts_with("```") || text.starts_with("~~~");
        const bool opens = is_fence && fence.empty();
        const bool closes = !fence.empty() && text.starts_with(fence);
        lines.push_back({at, ++number, text, is_fence || !fence.empty()});
        if (opens)
            fence = text.substr(0, 3);
        else if (closes)
            fence = {};
        at = end + 1;
    }
    return lines;
}

bool is_same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        };
        return lower(x) == lower(y);
    });
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

std::string_view link_name(std::string_view line) {
    const std::size_t end = line.find("]:");
    if (!line.starts_with('[') || end == std::string_view::npos) return {};
    return line.substr(1, end - 1);
}

}  // namespace lockstep::changelog
