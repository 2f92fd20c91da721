#include "changelog/headings.h"

#include <algorithm>
#include <optional>

#include "changelog/sections.h"

namespace lockstep::changelog {

namespace {

constexpr unsigned rank_of_lone_line = 7;
constexpr std::size_t title_max = 200;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::optional<Heading> with_signs(std::string_view text) {
    const std::size_t rank = std::min(text.find_first_not_of('#'), text.size());
    if (rank == 0 || rank > 6 || rank == text.size() || text[rank] != ' ') return std::nullopt;
    std::string_view title = trimmed(text.substr(rank));
    if (title.ends_with('#')) title = trimmed(title.substr(0, title.find_last_not_of('#') + 1));
    return Heading{.title = title, .rank = static_cast<unsigned>(rank)};
}

/// 1 of a line of '=', 2 of one of '-'; 0 of any other.
unsigned underline(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 3) return 0;
    if (text.find_first_not_of('=') == std::string_view::npos) return 1;
    return text.find_first_not_of('-') == std::string_view::npos ? 2 : 0;
}

bool may_be_underlined(const Line& line) {
    return !line.is_code && !is_blank(line.text) && line.text.find_first_of("#>-*+|") != 0;
}

bool stands_alone(const std::vector<Line>& lines, std::size_t at) {
    const bool is_first = at == 0 || is_blank(lines[at - 1].text);
    const bool is_last = at + 1 == lines.size() || is_blank(lines[at + 1].text);
    return is_first && is_last;
}

/// "Version 1.2.3", "v1.2.3 (2026-11-28)", "**1.2.3**": few words, and the first of them says so.
bool is_lone_version(std::string_view text) {
    if (text.find_first_of("-*+>|#") == 0 && !text.starts_with("**")) return false;
    return std::ranges::count(text, ' ') <= 4 && !text.ends_with('.') &&
           version_of_heading(text).has_value();
}

}  // namespace

std::vector<Heading> headings_of(const std::vector<Line>& lines) {
    std::vector<Heading> headings;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const Line& line = lines[at];
        if (line.is_code || line.text.size() > title_max) continue;
        if (auto heading = with_signs(line.text)) {
            heading->line = at;
            heading->content = at + 1;
            headings.push_back(*heading);
            continue;
        }
        const unsigned rank = at + 1 < lines.size() ? underline(lines[at + 1].text) : 0;
        if (rank != 0 && may_be_underlined(line))
            headings.push_back({trimmed(line.text), rank, at, at + 2});
        else if (!is_blank(line.text) && stands_alone(lines, at) && is_lone_version(line.text))
            headings.push_back({trimmed(line.text), rank_of_lone_line, at, at + 1});
    }
    return headings;
}

}  // namespace lockstep::changelog
