#include "manifest/version_like.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "version/style.h"
#include "version/words.h"

namespace lockstep::manifest {

using version::is_digit;

namespace {

bool may_stand_in_version(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '_' || c == '+';
}

std::string_view without_v(std::string_view text) {
    while (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
    return text;
}

/// As a tag, or where that says nothing, as numbers alone ("v9", "20260712").
std::optional<version::Version> read(std::string_view text) {
    if (auto written = version::read_written(text)) return std::move(written->version);
    auto version = version::Version::parse(without_v(text));
    if (!version) return std::nullopt;
    return *std::move(version);
}

}  // namespace

bool is_version_like(std::string_view text) {
    const std::string_view numbers = without_v(text);
    if (numbers.empty() || !is_digit(numbers.front())) return false;
    if (!std::all_of(numbers.begin(), numbers.end(), may_stand_in_version)) return false;
    const std::size_t end = static_cast<std::size_t>(
        std::find_if_not(numbers.begin(), numbers.end(), is_digit) - numbers.begin());
    return end == numbers.size() ||
           std::string_view(".-_+").find(numbers[end]) != std::string_view::npos;
}

bool is_clearly_version(std::string_view text) {
    return is_version_like(text) &&
           (without_v(text).size() != text.size() || text.find('.') != std::string_view::npos);
}

bool is_older(std::string_view a, std::string_view b) {
    return read(a) < read(b);
}

}  // namespace lockstep::manifest
