#include "version/words.h"

#include <algorithm>
#include <span>

namespace lockstep::version {

namespace {

using Words = std::span<const std::string_view>;

bool is_one_of(std::string_view word, Words words) {
    return std::find(words.begin(), words.end(), lower(word)) != words.end();
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int value_of(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::vector<std::string> words_of(std::string_view text) {
    const auto belongs = [](char c) { return is_digit(c) || is_letter(c); };
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && belongs(text[end])) ++end;
        if (end > at) words.push_back(lower(text.substr(at, end - at)));
        at = end + 1;
    }
    return words;
}

std::string_view leading_letters(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && is_letter(text[size])) ++size;
    return text.substr(0, size);
}

bool begins_with_prerelease_word(std::string_view text) {
    const std::string_view word = leading_letters(text);
    if (word.size() == 1) {
        // "1.2.0b3" is a beta, "1.1.1a" a letter release
        const bool numbered = text.size() > 1 && is_digit(text[1]);
        return numbered && (lower(word) == "a" || lower(word) == "b");
    }
    return is_prerelease_word(word) || is_development_word(word);
}

bool is_prerelease_word(std::string_view word) {
    static constexpr std::string_view words[] = {"rc",      "alpha",      "beta", "pre",
                                                 "preview", "prerelease", "cr",   "m",
                                                 "ea",      "b",          "a",    "milestone"};
    return is_one_of(word, words);
}

bool is_development_word(std::string_view word) {
    static constexpr std::string_view words[] = {
        "dev", "devel", "develop", "development", "test",   "testing", "tests",        "snapshot",
        "wip", "dirty", "debug",   "tmp",         "temp",   "draft",   "experimental", "exp",
        "poc", "demo",  "nightly", "daily",       "weekly", "monthly", "canary",       "unstable"};
    return is_one_of(word, words);
}

bool is_moving_word(std::string_view word) {
    static constexpr std::string_view words[] = {
        "latest",   "lastest", "stable",   "main",    "master",      "trunk",   "head",
        "tip",      "current", "edge",     "nightly", "daily",       "weekly",  "canary",
        "unstable", "dev",     "devel",    "develop", "development", "testing", "snapshot",
        "next",     "rolling", "insiders", "bleeding"};
    return is_one_of(word, words);
}

bool is_commit_id(std::string_view word) {
    const bool described = word.starts_with('g');
    if (described) word.remove_prefix(1);
    if (word.size() < 7 || word.size() > 40) return false;
    const auto is_hex_letter = [](char c) { return c >= 'a' && c <= 'f'; };
    const auto is_hex = [&](char c) { return is_digit(c) || is_hex_letter(c); };
    if (!std::all_of(word.begin(), word.end(), is_hex)) return false;
    return described || (std::any_of(word.begin(), word.end(), is_digit) &&
                         std::any_of(word.begin(), word.end(), is_hex_letter));
}

bool is_date(std::string_view digits) {
    if (digits.size() != 8 || !all_digits(digits)) return false;
    const int year = value_of(digits.substr(0, 4));
    const int month = value_of(digits.substr(4, 2));
    const int day = value_of(digits.substr(6, 2));
    return year >= 1970 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

}  // namespace lockstep::version
