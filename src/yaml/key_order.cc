#include "yaml/key_order.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "yaml/letters.h"

namespace lockstep::yaml {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The code point at `at`, which moves behind it. Bytes that are no UTF-8 stand for themselves.
char32_t next(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at++]);
    if (first < 0xC0) return first;
    char32_t c = first < 0xE0 ? first & 0x1Fu : first < 0xF0 ? first & 0x0Fu : first & 0x07u;
    for (; at < text.size() && is_continuation(text[at]); ++at) {
        c = c << 6 | (static_cast<unsigned char>(text[at]) & 0x3Fu);
    }
    return c;
}

char32_t code_point(std::string_view text, std::size_t at) {
    return next(text, at);
}

/// Whether a digit other than zero stands in the digits that end in front of `at`.
bool is_behind_a_number(std::string_view text, std::size_t at) {
    while (at > 0) {
        do {
            --at;
        } while (at > 0 && is_continuation(text[at]));
        const char32_t c = code_point(text, at);
        if (!is_decimal_digit(c)) return false;
        if (c != '0') return true;
    }
    return false;
}

/// A run of digits, as a number that wraps at 64 bits, and how many characters it has.
struct Run {
    std::int64_t value;
    std::size_t length;
};

Run run_at(std::string_view text, std::size_t at, std::uint64_t value) {
    std::size_t length = 0;
    while (at < text.size()) {
        const char32_t c = next(text, at);
        if (!is_decimal_digit(c)) break;
        value = value * 10 + (std::uint64_t{c} - '0');
        ++length;
    }
    return {static_cast<std::int64_t>(value), length};
}

bool less_as_numbers(std::string_view a, std::string_view b, std::size_t at) {
    const char32_t x = code_point(a, at);
    const char32_t y = code_point(b, at);
    // 105 and 11 differ in `05` and `1`: a zero needs the digit in front of it to count.
    const bool zero = x == '0' || y == '0';
    const std::uint64_t before = zero && is_behind_a_number(a, at) ? 1 : 0;
    const Run run_a = run_at(a, at, before);
    const Run run_b = run_at(b, at, before);
    if (run_a.value != run_b.value) return run_a.value < run_b.value;
    if (run_a.length != run_b.length) return run_a.length < run_b.length;
    return x < y;
}

/// How the digits of a key can take part in a circle.
enum class Danger { none, within_prefix, anywhere };

/// Numbers followed by a letter, or with leading zeros, may be in a circle with keys that begin
/// alike up to their first digit; numbers that overflow, with any.
Danger danger_of(std::string_view key) {
    Danger danger = Danger::none;
    for (std::size_t at = 0; at < key.size();) {
        const std::size_t start = at;
        const char32_t c = next(key, at);
        if (!is_decimal_digit(c)) continue;
        if (c >= 0x80) return Danger::anywhere;
        while (at < key.size() && is_digit(key[at])) ++at;
        if (at - start > 17) return Danger::anywhere;
        const bool letter_behind = at < key.size() && is_letter(code_point(key, at));
        const bool non_ascii_behind = at < key.size() && is_decimal_digit(code_point(key, at));
        if (non_ascii_behind) return Danger::anywhere;
        if (letter_behind || (c == '0' && at - start > 1)) danger = Danger::within_prefix;
    }
    return danger;
}

std::string_view prefix_of(std::string_view key) {
    return key.substr(0, std::min(key.find_first_of("0123456789"), key.size()));
}

using Keys = std::vector<std::string_view>;

/// Who beats whom is an order exactly where all numbers of wins differ; where two have equally
/// many, the one that beats the other loses to somebody whom that other beats.
std::string circle_among(const Keys& keys) {
    std::vector<std::size_t> wins(keys.size());
    for (std::size_t a = 0; a < keys.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) ++wins[key_less(keys[a], keys[b]) ? a : b];
    }
    std::vector<std::size_t> holder(keys.size(), keys.size());
    for (std::size_t a = 0; a < keys.size(); ++a) {
        if (holder[wins[a]] == keys.size()) {
            holder[wins[a]] = a;
            continue;
        }
        const std::string_view other = keys[holder[wins[a]]];
        const std::string_view first = key_less(keys[a], other) ? keys[a] : other;
        const std::string_view second = first == other ? keys[a] : other;
        for (const std::string_view third : keys) {
            if (key_less(second, third) && key_less(third, first)) {
                return "`" + std::string(first) + "`, `" + std::string(second) + "` and `" +
                       std::string(third) + "`";
            }
        }
    }
    return {};
}

constexpr std::size_t most_compared = 3000;

Result<void> check_group(const Keys& keys) {
    if (keys.size() > most_compared) {
        return fail(Error::Kind::unsupported,
                    std::to_string(keys.size()) +
                        " keys that mix numbers and letters: too many to tell whether kustomize "
                        "has an order for them");
    }
    const std::string circle = circle_among(keys);
    if (circle.empty()) return {};
    return fail(Error::Kind::unsupported,
                "kustomize has no fixed order for the keys " + circle +
                    ": it prints them differently from run to run",
                "rename one of them");
}

Result<void> check_circles(std::span<const Pair*> pairs) {
    Danger danger = Danger::none;
    for (const Pair* const pair : pairs) danger = std::max(danger, danger_of(pair->key->text));
    if (danger == Danger::none) return {};
    Keys keys;
    keys.reserve(pairs.size());
    for (const Pair* const pair : pairs) keys.push_back(pair->key->text);
    if (danger == Danger::anywhere) return check_group(keys);
    std::erase_if(keys, [](std::string_view key) { return prefix_of(key).size() == key.size(); });
    std::ranges::sort(keys, {}, prefix_of);
    for (auto from = keys.begin(); from != keys.end();) {
        const auto to = std::find_if(from, keys.end(), [&](std::string_view key) {
            return prefix_of(key) != prefix_of(*from);
        });
        if (to - from > 2) TRY(check_group(Keys(from, to)));
        from = to;
    }
    return {};
}

}  // namespace

bool key_less(std::string_view a, std::string_view b) {
    const std::size_t shared = std::min(a.size(), b.size());
    std::size_t at = static_cast<std::size_t>(
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shared), b.begin()).first -
        a.begin());
    if (at == shared) return a.size() < b.size();
    while (at > 0 && is_continuation(a[at]) && is_continuation(b[at])) --at;
    const char32_t x = code_point(a, at);
    const char32_t y = code_point(b, at);
    const bool letter_x = is_letter(x);
    const bool letter_y = is_letter(y);
    if (letter_x && letter_y) return x < y;
    if (letter_x || letter_y) return letter_y;
    return less_as_numbers(a, b, at);
}

Result<void> sort_by_key(std::span<const Pair*> pairs) {
    if (pairs.size() > 2) TRY(check_circles(pairs));
    const auto less = [](const Pair* a, const Pair* b) {
        return key_less(a->key->text, b->key->text);
    };
    constexpr std::size_t few = 24;
    if (pairs.size() > few) {
        // Whatever the relation, a heap stays inside its bounds.
        std::ranges::make_heap(pairs, less);
        std::ranges::sort_heap(pairs, less);
        return {};
    }
    for (std::size_t at = 1; at < pairs.size(); ++at) {
        const Pair* const pair = pairs[at];
        std::size_t to = at;
        for (; to > 0 && less(pair, pairs[to - 1]); --to) pairs[to] = pairs[to - 1];
        pairs[to] = pair;
    }
    return {};
}

}  // namespace lockstep::yaml
