#include "changelog/sections.h"

#include <algorithm>
#include <array>
#include <utility>

#include "changelog/headings.h"
#include "changelog/lines.h"
#include "version/style.h"

namespace lockstep::changelog {

namespace {

constexpr std::size_t sections_max = 10'000;
constexpr std::size_t words_read = 5;

/// A word of a heading without what Markdown and people put around it: "[1.2.0]" → "1.2.0".
std::string_view bare(std::string_view word) {
    constexpr std::string_view around = "[]()*`_:,\"'";
    const std::size_t first = word.find_first_not_of(around);
    if (first == std::string_view::npos) return {};
    word.remove_prefix(first);
    // A link behind its text: "[1.2.0](https://…)".
    word = word.substr(0, word.find_first_of("[]()"));
    const std::size_t last = word.find_last_not_of(around);
    return last == std::string_view::npos ? std::string_view() : word.substr(0, last + 1);
}

std::string_view next_word(std::string_view& text) {
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(word.size());
    return word;
}

/// After these a version is not what the heading is about.
bool leads_elsewhere(std::string_view word) {
    constexpr std::array<std::string_view, 15> words = {
        "from",      "since",    "before",    "until",     "to",
        "than",      "upgrade",  "upgrading", "migrating", "migration",
        "downloads", "requires", "with",      "downgrade", "support"};
    return std::ranges::any_of(words,
                               [&](std::string_view each) { return is_same_word(each, word); });
}

bool is_unreleased(std::string_view title) {
    const std::string_view word = bare(next_word(title));
    return is_same_word(word, "unreleased") || is_same_word(word, "next") ||
           is_same_word(word, "upcoming");
}

std::string_view without_blank_ends(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    // Of the first line its indent stays.
    const std::size_t line = text.substr(0, first).rfind('\n');
    if (line != std::string_view::npos) text.remove_prefix(line + 1);
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

/// Link definitions at the end of a file belong to no version.
std::size_t without_links(const std::vector<Line>& lines, std::size_t begin, std::size_t end) {
    while (end > begin && (is_blank(lines[end - 1].text) ||
                           (!lines[end - 1].is_code && !link_name(lines[end - 1].text).empty())))
        --end;
    return end;
}

}  // namespace

std::optional<version::Version> version_of_heading(std::string_view title) {
    if (title.starts_with("<a "))
        title.remove_prefix(std::min(title.find("</a>") + 4, title.size()));
    for (std::size_t count = 0; count < words_read; ++count) {
        const std::string_view word = bare(next_word(title));
        if (word.empty() && title.empty()) return std::nullopt;
        if (leads_elsewhere(word)) return std::nullopt;
        if (word.find_first_of("0123456789") == std::string_view::npos) continue;
        if (auto written = version::read_written(word)) return std::move(written->version);
    }
    return std::nullopt;
}

std::vector<Section> sections_of(std::string_view text) {
    const std::vector<Line> lines = lines_of(text);
    const std::vector<Heading> headings = headings_of(lines);
    std::vector<Section> sections;
    std::size_t open_rank = 0;  // of the last section, while it is open
    std::size_t content = 0;    // its first line
    const auto close = [&](std::size_t end) {
        if (open_rank == 0) return;
        open_rank = 0;
        end = without_links(lines, content, end);
        if (end <= content) return;
        const std::size_t from = lines[content].offset;
        sections.back().body = without_blank_ends(text.substr(from, lines[end - 1].end() - from));
    };
    for (const Heading& heading : headings) {
        auto version = version_of_heading(heading.title);
        const bool names = version.has_value() || is_unreleased(heading.title);
        if (names || heading.rank < open_rank) close(heading.line);
        if (!names) continue;
        if (sections.size() == sections_max) return sections;
        sections.push_back({.version = std::move(version),
                            .title = std::string(heading.title),
                            .line = lines[heading.line].number,
                            .body = {}});
        open_rank = heading.rank;
        content = heading.content;
    }
    close(lines.size());
    return sections;
}

}  // namespace lockstep::changelog
