#include "version/conventional.h"

#include <algorithm>

#include "version/words.h"

namespace lockstep::version {

namespace {

std::string_view take_line(std::string_view& rest) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

struct Header {
    std::string type;  // in lower case
    bool is_breaking = false;
};

std::optional<Header> parse_header(std::string_view line) {
    const auto is_type = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
    const std::size_t end =
        static_cast<std::size_t>(std::ranges::find_if_not(line, is_type) - line.begin());
    if (end == 0) return std::nullopt;
    Header header{.type = lower(line.substr(0, end))};
    line.remove_prefix(end);
    if (line.starts_with('(')) {
        const std::size_t close = line.find(')');
        if (close == std::string_view::npos || is_blank(line.substr(1, close - 1)))
            return std::nullopt;
        line.remove_prefix(close + 1);
    }
    if (line.starts_with('!')) {
        header.is_breaking = true;
        line.remove_prefix(1);
    }
    if (!line.starts_with(": ") || is_blank(line.substr(2))) return std::nullopt;
    return header;
}

bool is_breaking_footer(std::string_view line) {
    for (const std::string_view token : {"BREAKING CHANGE:", "BREAKING-CHANGE:"}) {
        if (!line.starts_with(token)) continue;
        // The description may begin on the next line.
        return line.size() == token.size() || line[token.size()] == ' ';
    }
    return false;
}

}  // namespace

std::optional<Step> step_of(std::string_view message) {
    const std::optional<Header> header = parse_header(take_line(message));
    if (header && header->is_breaking) return Step::major;
    while (!message.empty())
        if (is_breaking_footer(take_line(message))) return Step::major;
    if (header && header->type == "feat") return Step::minor;
    if (header && header->type == "fix") return Step::patch;
    return std::nullopt;
}

std::optional<Step> step_for(std::span<const std::string> messages, const Version& current) {
    std::optional<Step> largest;
    for (const std::string& message : messages) {
        const std::optional<Step> step = step_of(message);
        // Larger steps come first.
        if (step && (!largest || *step < *largest)) largest = step;
    }
    if (largest == Step::major && current.major() == 0) return Step::minor;
    return largest;
}

}  // namespace lockstep::version
