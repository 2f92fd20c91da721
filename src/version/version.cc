#include "version/version.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "version/words.h"

namespace lockstep::version {

namespace {

constexpr std::size_t text_limit = 256;
constexpr std::uint64_t number_limit = std::numeric_limits<std::int64_t>::max();

std::unexpected<Error> invalid(std::string_view text, const std::string& what) {
    return fail(Error::Kind::invalid, "`" + std::string(text) + "` is no version: " + what);
}

/// Reads one number off the front of `rest`; nothing where it is too large.
std::optional<std::uint64_t> take_number(std::string_view& rest) {
    std::uint64_t number = 0;
    while (!rest.empty() && is_digit(rest.front())) {
        const auto digit = static_cast<std::uint64_t>(rest.front() - '0');
        if (number > (number_limit - digit) / 10) return std::nullopt;
        number = number * 10 + digit;
        rest.remove_prefix(1);
    }
    return number;
}

/// "1.2.3" of "1.2.3-rc.1", "1.2.0rc1" and "1.2.0.beta2".
std::string_view leading_numbers(std::string_view text) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size() && is_digit(text[at]); ++at) {
        while (at < text.size() && is_digit(text[at])) ++at;
        end = at;
        if (at == text.size() || text[at] != '.') break;
    }
    return text.substr(0, end);
}

bool has_leading_zero(std::string_view numbers) {
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const bool first = at == 0 || numbers[at - 1] == '.';
        if (first && numbers[at] == '0' && at + 1 < numbers.size() && is_digit(numbers[at + 1]))
            return true;
    }
    return false;
}

/// Calendar versions write "2024.01.05".
bool begins_with_year(const std::vector<std::uint64_t>& numbers) {
    return numbers[0] >= 1970 && numbers[0] <= 2999;
}

/// What is wrong with the identifiers of a pre-release or of build metadata; empty: nothing.
std::string fault_of_identifiers(std::string_view text, const char* where) {
    const auto allowed = [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.'; };
    if (!std::all_of(text.begin(), text.end(), allowed))
        return std::string("only letters, digits, `.` and `-` may stand in its ") + where;
    if (text.empty() || text.front() == '.' || text.back() == '.' ||
        text.find("..") != std::string_view::npos)
        return std::string("an empty identifier in its ") + where;
    return {};
}

/// The parts of a pre-release that are compared one by one: runs of digits and runs of letters.
/// Dots and dashes only separate.
std::string_view take_part(std::string_view& rest) {
    while (!rest.empty() && !is_digit(rest.front()) && !is_letter(rest.front()))
        rest.remove_prefix(1);
    std::size_t size = 0;
    while (size < rest.size() && is_digit(rest[size]) == is_digit(rest.front()) &&
           (is_digit(rest[size]) || is_letter(rest[size])))
        ++size;
    const std::string_view part = rest.substr(0, size);
    rest.remove_prefix(size);
    return part;
}

/// Digits of any length by value, and before letters; letters as ASCII.
std::strong_ordering compare_parts(std::string_view a, std::string_view b) {
    const bool a_is_number = is_digit(a.front());
    const bool b_is_number = is_digit(b.front());
    if (a_is_number != b_is_number)
        return a_is_number ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a_is_number) {
        a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
        b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
        if (a.size() != b.size()) return a.size() <=> b.size();
    }
    return a.compare(b) <=> 0;
}

std::strong_ordering compare_prereleases(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty()) return a.empty() <=> b.empty();  // a final release comes last
    while (true) {
        const std::string_view part_a = take_part(a);
        const std::string_view part_b = take_part(b);
        if (part_a.empty() || part_b.empty()) return part_b.empty() <=> part_a.empty();
        const std::strong_ordering order = compare_parts(part_a, part_b);
        if (order != 0) return order;
    }
}

}  // namespace

Result<Version> Version::parse(std::string_view text) {
    if (text.size() > text_limit)
        return fail(Error::Kind::invalid, "a version of " + std::to_string(text.size()) +
                                              " characters, at most 256 are read");
    Version version;
    version.text_ = text;
    const std::string_view numbers = leading_numbers(text);
    if (numbers.empty()) return invalid(text, "it does not begin with a number");
    for (std::string_view rest = numbers; !rest.empty();) {
        const std::optional<std::uint64_t> number = take_number(rest);
        if (!number) return invalid(text, "a number in it is over 9223372036854775807");
        version.numbers_.push_back(*number);
        if (!rest.empty()) rest.remove_prefix(1);
    }
    if (version.numbers_.size() == 3 && has_leading_zero(numbers) &&
        !begins_with_year(version.numbers_))
        return invalid(text, "a number in it has a leading zero");

    std::string_view rest = text.substr(numbers.size());
    if (const std::size_t plus = rest.find('+'); plus != std::string_view::npos) {
        version.build_ = rest.substr(plus + 1);
        rest = rest.substr(0, plus);
        if (const std::string fault = fault_of_identifiers(version.build_, "build metadata");
            !fault.empty())
            return invalid(text, fault);
    }
    if (rest.empty()) return version;
    if (rest.front() == '-') {
        rest.remove_prefix(1);
    } else {
        if (rest.front() == '.') rest.remove_prefix(1);
        if (!begins_with_prerelease_word(rest))
            return invalid(
                text, "`-`, `+` or its end was expected behind `" + std::string(numbers) + "`");
    }
    if (const std::string fault = fault_of_identifiers(rest, "pre-release"); !fault.empty())
        return invalid(text, fault);
    version.prerelease_ = rest;
    return version;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    const std::size_t count = std::max(numbers_.size(), other.numbers_.size());
    for (std::size_t index = 0; index < count; ++index) {
        const std::strong_ordering order = number(index) <=> other.number(index);
        if (order != 0) return order;
    }
    return compare_prereleases(prerelease_, other.prerelease_);
}

Version Version::core() const {
    Version core;
    core.text_ = leading_numbers(text_);
    core.numbers_ = numbers_;
    return core;
}

}  // namespace lockstep::version
