#pragma once

#include <expected>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace lockstep {

/// A value, or why there is none. Unlike an alias of std::expected, it cannot be dropped unread.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error> {
  public:
    using std::expected<T, Error>::expected;
};

/// `return fail(Error::Kind::not_found, "tag `v1` does not exist", "run `git fetch --tags`");`
inline std::unexpected<Error> fail(Error::Kind kind, std::string message, std::string hint = {},
                                   std::optional<Location> at = std::nullopt) {
    return std::unexpected<Error>(Error{kind, std::move(message), std::move(hint), std::move(at)});
}

namespace detail {
template <typename R>
std::unexpected<Error> passed_up(R&& result) {
    return std::unexpected<Error>(std::forward<R>(result).error());
}
template <typename R>
std::unexpected<Error> passed_up(R&& result, const std::string& doing) {
    Error error = std::forward<R>(result).error();
    error.message = doing + ": " + error.message;
    return std::unexpected<Error>(std::move(error));
}
}  // namespace detail

}  // namespace lockstep

/// The value of a Result, or a return of its error from this function. An optional second argument
/// says what was being done and is evaluated only on failure. Nests. A lambda that uses it writes
/// its return type; it moves the value out. Not behind another member in braces and not in a `new`:
/// g++ 12 forgets what was built before the return.
#define TRY(expression, ...) \
    LOCKSTEP_TRY(LOCKSTEP_TRY_NAME(__COUNTER__), expression __VA_OPT__(, ) __VA_ARGS__)

// A name of its own for each use, so that one TRY within another shadows nothing.
#define LOCKSTEP_TRY_NAME(number) LOCKSTEP_TRY_JOIN(try_result_, number)
#define LOCKSTEP_TRY_JOIN(left, right) left##right
#define LOCKSTEP_TRY(result, expression, ...)                                                   \
    __extension__({                                                                             \
        auto result = (expression);                                                             \
        if (!result.has_value())                                                                \
            return ::lockstep::detail::passed_up(std::move(result) __VA_OPT__(, ) __VA_ARGS__); \
        std::move(result).value();                                                              \
    })
