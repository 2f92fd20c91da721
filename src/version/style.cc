#include "version/style.h"

#include <algorithm>

#include "version/words.h"

namespace lockstep::version {

namespace {

constexpr std::size_t text_limit = 256;

/// The numbers at the front of `text`: how many, and how many characters they take.
struct Numbers {
    std::size_t count = 0;
    std::size_t size = 0;
};
Numbers numbers_of(std::string_view text) {
    Numbers numbers;
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) {
        while (at < text.size() && is_digit(text[at])) ++at;
        ++numbers.count;
        numbers.size = at;
        if (at == text.size() || text[at] != '.') break;
        ++at;
    }
    return numbers;
}

/// Where the segment that begins at `at` ends: at the next dash, underscore or plus.
std::size_t segment_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of("-_+", at), text.size());
}

bool is_identifier_character(char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '-';
}

/// Where the version that begins `text` with these numbers ends and its suffix begins.
std::size_t version_end(std::string_view text, const Numbers& numbers) {
    std::size_t end = numbers.size;
    if (end < text.size() && text[end] != '-' && text[end] != '_' && text[end] != '+')
        end = segment_end(text, end);
    while (end < text.size() && text[end] == '-') {
        const std::size_t next = segment_end(text, end + 1);
        if (!leads_up(text.substr(end + 1, next - end - 1))) return end;
        end = next;
    }
    if (end < text.size() && text[end] == '+') {
        ++end;
        while (end < text.size() && is_identifier_character(text[end])) ++end;
    }
    return end;
}

/// The version that begins at `at`, if one does.
std::optional<Written> read_at(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    const Numbers numbers = numbers_of(rest);
    if (numbers.count < 2) return std::nullopt;
    if (numbers.count == 2 && is_date(rest.substr(0, rest.find('.')))) return std::nullopt;
    const std::size_t end = version_end(rest, numbers);
    if (end < rest.size() && rest[end] != '-' && rest[end] != '_') return std::nullopt;
    Result<Version> version = Version::parse(rest.substr(0, end));
    if (!version.has_value()) return std::nullopt;
    return Written{std::string(text.substr(0, at)), *std::move(version),
                   std::string(rest.substr(end))};
}

/// Whether a version may begin at this digit: not inside a number or a word that has digits before
/// it ("node2-1.2.3" has one at its second number).
bool may_begin(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    if (before.empty() || std::none_of(before.begin(), before.end(), is_digit)) return true;
    std::size_t word = at;  // "…-v1.2.3": a "v" belongs to no word
    while (word > 0 && (text[word - 1] == 'v' || text[word - 1] == 'V')) --word;
    if (word == 0) return true;
    const char c = text[word - 1];
    return c == '-' || c == '_' || c == '/';
}

/// The version in `text`: at its front (behind "v") where one is, else the first one of three or
/// more numbers, else the first one of two.
std::optional<Written> find_version(std::string_view text) {
    if (text.size() > text_limit) return std::nullopt;
    const std::size_t front = text.find_first_not_of("vV");
    std::optional<Written> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at]) || !may_begin(text, at)) continue;
        std::optional<Written> here = read_at(text, at);
        if (here && (at == front || here->version.number_count() >= 3)) return here;
        if (here && !found) found = std::move(here);
        while (at + 1 < text.size() && (is_digit(text[at + 1]) || text[at + 1] == '.')) ++at;
    }
    return found;
}

bool is_placeholder(std::string_view text) {
    if (text.find_first_of("$%{}<>@*") != std::string_view::npos) return true;
    if (text.size() > 4 && text.starts_with("__") && text.ends_with("__")) return true;
    const auto shouted = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; };
    return text.size() >= 3 && std::all_of(text.begin(), text.end(), shouted);
}

/// "1.8.x", "v2.x-head": a number is left open.
bool leaves_number_open(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of("vV"), text.size()));
    const Numbers numbers = numbers_of(text);
    if (numbers.count == 0) return false;
    text.remove_prefix(numbers.size);
    const bool open = text.starts_with(".x") || text.starts_with(".X");
    return open && (text.size() == 2 || !is_letter(text[2]));
}

/// "release-1.2", "stable/v1.x": the name of a branch and at most two numbers.
bool is_branch(std::string_view text) {
    static constexpr std::string_view names[] = {"release", "releases", "rel",         "branch",
                                                 "stable",  "maint",    "maintenance", "support"};
    const std::string_view name = leading_letters(text);
    if (std::find(std::begin(names), std::end(names), lower(name)) == std::end(names)) return false;
    text.remove_prefix(name.size());
    if (text.empty() || text.find_first_of("-_/.") != 0) return false;
    text.remove_prefix(1);
    if (leaves_number_open(text)) return true;
    text.remove_prefix(std::min(text.find_first_not_of("vV"), text.size()));
    const Numbers numbers = numbers_of(text);
    return numbers.count == 1 || numbers.count == 2;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Of a text that holds a version: whether it moves in spite of it. A channel followed by a date or
/// a number ("0.46.0-nightly-20240101") stands still.
bool moves_with_version(const std::vector<std::string>& words) {
    if (std::find(words.begin(), words.end(), "latest") != words.end()) return true;
    return is_one_of(words.back(), {"head", "nightly", "snapshot", "placeholder"});
}

/// Of a text that holds none.
bool moves(const std::vector<std::string>& words) {
    const auto has_digit = [](const std::string& word) {
        return std::any_of(word.begin(), word.end(), is_digit);
    };
    if (std::any_of(words.begin(), words.end(), has_digit)) return false;
    if (words.size() == 1 && (is_development_word(words[0]) || is_prerelease_word(words[0])))
        return true;
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return is_moving_word(word) || is_one_of(word, {"placeholder", "changeme", "todo"});
    });
}

/// "v1.2.3", as nearly every tag is written: nothing in it can float.
bool is_plain(std::string_view text) {
    text.remove_prefix(text.starts_with('v') ? 1 : 0);
    return !text.empty() && is_digit(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

struct Reading {
    bool floats = false;
    std::optional<Written> written;  // a text may hold a version and float in spite of it
};
Reading read(std::string_view text) {
    if (is_plain(text)) return {false, find_version(text)};
    if (text.empty() || is_placeholder(text) || leaves_number_open(text) || is_branch(text))
        return {true, std::nullopt};
    Reading reading{false, find_version(text)};
    const std::vector<std::string> words = words_of(text);
    if (!words.empty()) reading.floats = reading.written ? moves_with_version(words) : moves(words);
    return reading;
}

std::string undoubled(std::string_view prefix) {
    while (prefix.ends_with("vv")) prefix.remove_suffix(1);
    return std::string(prefix);
}

}  // namespace

bool is_floating(std::string_view tag) {
    return read(tag).floats;
}

std::optional<Written> read_written(std::string_view declared) {
    Reading reading = read(declared);
    if (reading.floats) return std::nullopt;
    return std::move(reading.written);
}

bool leads_up(std::string_view prerelease) {
    if (prerelease.empty()) return false;
    if (is_digit(prerelease.front()) || is_commit_id(prerelease)) return true;
    const std::string_view word = leading_letters(prerelease);
    return is_prerelease_word(word) || is_development_word(word) ||
           begins_with_prerelease_word(prerelease);
}

std::string expected_prefix(std::span<const Written> history, std::size_t at) {
    constexpr std::size_t reach = 3;  // neighbours on each side
    const std::string own = undoubled(history[at].prefix);
    if (at == 0) return own;
    const std::size_t begin = at < reach ? 0 : at - reach;
    const std::size_t end = std::min(at + reach + 1, history.size());
    if (end - begin - 1 < 3) return own;
    const std::string theirs = undoubled(history[begin].prefix);
    for (std::size_t near = begin; near < end; ++near) {
        if (near == at) continue;
        const std::string prefix = undoubled(history[near].prefix);
        if (prefix == own || prefix != theirs) return own;
    }
    return theirs;
}

std::optional<TagPattern> usual_pattern(std::span<const Written> history) {
    struct Candidate {
        std::string prefix, suffix;
        std::size_t count = 0;
        std::size_t last = 0;
    };
    std::vector<Candidate> candidates;
    for (std::size_t at = 0; at < history.size(); ++at) {
        const std::string prefix = undoubled(history[at].prefix);
        auto known = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& each) { return each.prefix == prefix; });
        if (known == candidates.end()) {
            candidates.push_back({prefix, history[at].suffix, 0, 0});
            known = candidates.end() - 1;
        }
        if (known->suffix != history[at].suffix) known->suffix.clear();
        ++known->count;
        known->last = at;
    }
    if (candidates.empty()) return std::nullopt;
    const Candidate& best = *std::max_element(
        candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
            return a.count != b.count ? a.count < b.count : a.last < b.last;
        });
    const Result<TagPattern> pattern = TagPattern::parse(best.prefix + "{version}" + best.suffix);
    if (!pattern.has_value()) return std::nullopt;  // a brace in what was declared
    return *pattern;
}

}  // namespace lockstep::version
