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
bool is_year(std::uint64_t number) {
    return number >= 1970 && number <= 2999;
}

/// The next of the numbers that stand in `rest`, which have been read once; 0 behind the last.
std::uint64_t next_number(std::string_view& rest) {
    const std::uint64_t number = *take_number(rest);
    if (!rest.empty()) rest.remove_prefix(1);
    return number;
}

/// The first three numbers as one that orders like them; up to one that is too large for it: two
/// versions that agree so far are told apart by their texts.
std::uint64_t leading_order(std::string_view numbers) {
    constexpr unsigned bits = 21;
    constexpr std::uint64_t most = (1u << bits) - 1;
    std::uint64_t order = 0;
    for (int shift = 2 * bits; shift >= 0; shift -= bits) {
        const std::uint64_t number = std::min(next_number(numbers), most);
        order |= number << shift;
        if (number == most) break;
    }
    return order;
}

std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
    while (!a.empty() || !b.empty()) {
        const std::uint64_t number = next_number(a);
        const std::strong_ordering order = number <=> next_number(b);
        if (order != 0) return order;
    }
    return std::strong_ordering::equal;
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
    const std::string_view numbers = leading_numbers(text);
    if (numbers.empty()) return invalid(text, "it does not begin with a number");
    Version version;
    version.text_ = text;
    version.numbers_end_ = static_cast<std::uint16_t>(numbers.size());
    for (std::string_view rest = numbers; !rest.empty(); ++version.number_count_) {
        if (!take_number(rest)) return invalid(text, "a number in it is over 9223372036854775807");
        if (!rest.empty()) rest.remove_prefix(1);
    }
    version.order_ = leading_order(numbers);
    if (version.number_count_ == 3 && has_leading_zero(numbers) && !is_year(version.major()))
        return invalid(text, "a number in it has a leading zero");

    const std::size_t plus = std::min(text.find('+', numbers.size()), text.size());
    version.build_begin_ = static_cast<std::uint16_t>(std::min(plus + 1, text.size()));
    if (plus < text.size())
        if (const std::string fault = fault_of_identifiers(version.build(), "build metadata");
            !fault.empty())
            return invalid(text, fault);
    std::string_view rest = text.substr(numbers.size(), plus - numbers.size());
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
    version.prerelease_begin_ = static_cast<std::uint16_t>(plus - rest.size());
    version.prerelease_end_ = static_cast<std::uint16_t>(plus);
    return version;
}

std::vector<std::uint64_t> Version::numbers() const {
    std::vector<std::uint64_t> numbers;
    for (std::string_view rest = part(0, numbers_end_); !rest.empty();)
        numbers.push_back(next_number(rest));
    return numbers;
}

std::uint64_t Version::number(std::size_t index) const {
    std::string_view rest = part(0, numbers_end_);
    while (index-- > 0 && !rest.empty()) next_number(rest);
    return next_number(rest);
}

std::strong_ordering Version::compare_whole(const Version& other) const {
    const std::strong_ordering order =
        compare_numbers(part(0, numbers_end_), other.part(0, other.numbers_end_));
    return order != 0 ? order : compare_prereleases(prerelease(), other.prerelease());
}

Version Version::core() const {
    Version core;
    core.text_ = part(0, numbers_end_);
    core.numbers_end_ = core.build_begin_ = numbers_end_;
    core.number_count_ = number_count_;
    core.order_ = order_;
    return core;
}

}  // namespace lockstep::version
