#pragma once

#include <algorithm>
#include <cstdint>

namespace lockstep::ci {

/// Whether something holds, as far as its text tells. In this order: `both` is the lesser, `either`
/// the greater.
enum class Answer : std::uint8_t { no, unclear, yes };

constexpr Answer both(Answer one, Answer other) {
    return std::min(one, other);
}
constexpr Answer either(Answer one, Answer other) {
    return std::max(one, other);
}
constexpr Answer opposite(Answer answer) {
    return answer == Answer::unclear ? answer : answer == Answer::yes ? Answer::no : Answer::yes;
}

}  // namespace lockstep::ci
