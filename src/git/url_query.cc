#include "git/url_query.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace lockstep::git {

namespace {

std::optional<int> hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return std::nullopt;
}

std::optional<std::string> unescape(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            result += ' ';
        } else if (text[at] != '%') {
            result += text[at];
        } else {
            if (text.size() - at < 3) return std::nullopt;
            const auto high = hex_value(text[at + 1]);
            const auto low = hex_value(text[at + 2]);
            if (!high || !low) return std::nullopt;
            result += static_cast<char>(*high * 16 + *low);
            at += 2;
        }
    }
    return result;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Digits from the front of `text`; nothing where they mean more than 10^15, which no timeout does.
std::optional<double> take_number(std::string_view& text) {
    double value = 0;
    double scale = 1;
    bool has_digits = false;
    bool is_fraction = false;
    for (; !text.empty() && (is_digit(text[0]) || (text[0] == '.' && !is_fraction));
         text.remove_prefix(1)) {
        if (text[0] == '.') {
            is_fraction = true;
            continue;
        }
        has_digits = true;
        if (is_fraction) scale /= 10;
        value = is_fraction ? value + scale * (text[0] - '0') : value * 10 + (text[0] - '0');
    }
    if (!has_digits || value > 1e15) return std::nullopt;
    return value;
}

std::optional<double> take_unit(std::string_view& text) {
    constexpr std::array<std::pair<std::string_view, double>, 8> units = {{
        {"ns", 1e-9},
        {"us", 1e-6},
        {"\xc2\xb5s", 1e-6},  // micro sign
        {"\xce\xbcs", 1e-6},  // Greek mu
        {"ms", 1e-3},
        {"s", 1},
        {"m", 60},
        {"h", 3600},
    }};
    for (const auto& [name, seconds] : units) {
        if (!text.starts_with(name)) continue;
        text.remove_prefix(name.size());
        return seconds;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::map<std::string, std::string, std::less<>>> parse_query(std::string_view query) {
    std::map<std::string, std::string, std::less<>> values;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equal = std::min(pair.find('='), pair.size());
        auto name = unescape(pair.substr(0, equal));
        auto value = unescape(pair.substr(std::min(equal + 1, pair.size())));
        if (!name || !value || pair.find(';') != std::string_view::npos) return std::nullopt;
        values.try_emplace(std::move(*name), std::move(*value));
    }
    return values;
}

std::optional<std::chrono::seconds> parse_timeout(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    double total = 0;
    const bool is_plain = std::ranges::all_of(text, is_digit);
    while (!text.empty()) {
        const auto number = take_number(text);
        const auto unit = is_plain ? std::optional<double>(1) : take_unit(text);
        if (!number || !unit) return std::nullopt;
        total += *number * *unit;
    }
    if (total <= 0 || total > 9e9) return std::nullopt;  // as far as Go's durations reach
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(total)));
}

std::optional<bool> parse_bool(std::string_view text) {
    for (const std::string_view word : {"1", "t", "T", "true", "True", "TRUE"})
        if (text == word) return true;
    for (const std::string_view word : {"0", "f", "F", "false", "False", "FALSE"})
        if (text == word) return false;
    return std::nullopt;
}

}  // namespace lockstep::git
