#include "images/link_header.h"

#include <cstddef>

namespace lockstep::images {

namespace {

/// Where the link that begins at 0 ends: the comma before the next one, quotes respected.
std::size_t end_of_link(std::string_view text) {
    bool is_quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') is_quoted = !is_quoted;
        if (text[at] == ',' && !is_quoted) return at;
    }
    return text.size();
}

bool says_next(std::string_view parameters) {
    return parameters.contains("rel=\"next\"") || parameters.contains("rel=next");
}

}  // namespace

std::optional<std::string_view> next_link(std::string_view field) {
    while (true) {
        const std::size_t open = field.find('<');
        if (open == std::string_view::npos) return std::nullopt;
        const std::size_t close = field.find('>', open);
        if (close == std::string_view::npos) return std::nullopt;
        const std::string_view target = field.substr(open + 1, close - open - 1);
        field.remove_prefix(close + 1);
        const std::size_t end = end_of_link(field);
        if (says_next(field.substr(0, end))) return target;
        field.remove_prefix(end);
    }
}

}  // namespace lockstep::images
