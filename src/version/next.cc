#include "version/next.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "version/words.h"

namespace lockstep::version {

namespace {

using Numbers = std::vector<std::uint64_t>;

std::string joined(const Numbers& numbers) {
    std::string text;
    for (const std::uint64_t number : numbers)
        text += (text.empty() ? "" : ".") + std::to_string(number);
    return text;
}

std::unexpected<Error> no_next(const Version& current, const std::string& why) {
    return fail(Error::Kind::unsupported, "no version follows `" + current.str() + "`: " + why,
                "name the next version yourself");
}

/// The final version that a step leads to, as text.
std::string final_text(const Version& current, Step step) {
    const std::size_t index = step == Step::major ? 0 : step == Step::minor ? 1 : 2;
    Numbers numbers = current.numbers();
    numbers.resize(std::max(numbers.size(), index + 1));
    const bool is_there = current.is_prerelease() &&
                          std::all_of(numbers.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                                      numbers.end(), [](std::uint64_t n) { return n == 0; });
    // A pre-release with nothing behind that number makes the step already.
    if (is_there) return joined(numbers);
    ++numbers[index];
    std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(index) + 1, numbers.end(), 0);
    return joined(numbers);
}

/// "rc.1", "rc1", "RC-1", "rc" counted up; nothing for other pre-releases.
std::optional<std::string> counted_up(std::string_view prerelease) {
    const std::string_view letters = leading_letters(prerelease);
    if (lower(letters) != "rc") return std::nullopt;
    std::string_view rest = prerelease.substr(letters.size());
    if (rest.empty()) return std::string(prerelease) + ".1";
    std::string begin(letters);
    if (!is_digit(rest.front())) {
        begin += rest.front();
        rest.remove_prefix(1);
    }
    constexpr std::size_t digits_max = 18;  // of what a number of 64 bits holds
    if (rest.empty() || rest.size() > digits_max || !std::ranges::all_of(rest, is_digit))
        return std::nullopt;
    return begin + std::to_string(std::stoull(std::string(rest)) + 1);
}

std::string candidate_text(const Version& current, Step step) {
    const std::string core = current.core().str();
    if (!current.is_prerelease()) {
        return final_text(current, step == Step::rc ? Step::patch : step) + "-rc.1";
    }
    const std::string target = step == Step::rc ? core : final_text(current, step);
    if (target != core) return target + "-rc.1";
    const auto counted = counted_up(current.prerelease());
    if (!counted) return core + "-rc.1";
    const std::string& text = current.str();
    const std::size_t begin = text.find(current.prerelease(), core.size());
    return text.substr(0, begin) + *counted;
}

bool has_leading_zero(const Version& current) {
    return joined(current.numbers()) != current.core().str();
}

}  // namespace

Result<Version> next(const Version& current, Step step, Stage stage) {
    if (has_leading_zero(current)) return no_next(current, "its numbers are those of a date");
    const bool is_candidate = step == Step::rc || stage == Stage::candidate;
    const auto made =
        Version::parse(is_candidate ? candidate_text(current, step) : final_text(current, step));
    if (!made) return no_next(current, "its number is the largest there is");
    if (!(*made > current)) return no_next(current, "`" + made->str() + "` is not above it");
    return *made;
}

}  // namespace lockstep::version
