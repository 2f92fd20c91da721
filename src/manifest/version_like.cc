#include "manifest/version_like.h"

#include <algorithm>
#include <cstddef>

namespace lockstep::manifest {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool may_stand_in_version(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '_' || c == '+';
}

std::string_view without_v(std::string_view text) {
    while (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
    return text;
}

/// The run of digits, or of other characters, that `text` begins with; taken off it.
std::string_view take_run(std::string_view& text) {
    const bool digits = !text.empty() && is_digit(text.front());
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length]) == digits) ++length;
    const std::string_view run = text.substr(0, length);
    text.remove_prefix(length);
    return run;
}

std::string_view without_zeros(std::string_view digits) {
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return digits;
}

/// Below 0, 0, above 0.
int compare_numbers(std::string_view a, std::string_view b) {
    a = without_zeros(a);
    b = without_zeros(b);
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

/// What follows a version that ends here decides: ".1" makes it newer, "-rc1" and "rc1" older.
bool leads_to_newer(std::string_view rest) {
    return rest.starts_with('.');
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
    a = without_v(a);
    b = without_v(b);
    while (!a.empty() && !b.empty()) {
        const bool numbers = is_digit(a.front()) && is_digit(b.front());
        std::string_view rest_a = a;
        std::string_view rest_b = b;
        const std::string_view run_a = take_run(rest_a);
        const std::string_view run_b = take_run(rest_b);
        const int order = numbers ? compare_numbers(run_a, run_b) : run_a.compare(run_b);
        if (order != 0) return order < 0;
        a = rest_a;
        b = rest_b;
    }
    if (a.empty()) return !b.empty() && leads_to_newer(b);
    return !leads_to_newer(a);
}

}  // namespace lockstep::manifest
