#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include "base/check.h"

namespace lockstep::git {

/// The number that stands at `at` with its most significant byte first, as all of Git's files have
/// it. The caller has checked that it lies within.
template <std::unsigned_integral Number>
Number big_endian(std::string_view bytes, std::size_t at) {
    CHECK(at <= bytes.size() && bytes.size() - at >= sizeof(Number));
    Number number = 0;
    for (std::size_t next = 0; next < sizeof(Number); ++next)
        number = static_cast<Number>(number << 8u | static_cast<unsigned char>(bytes[at + next]));
    return number;
}

}  // namespace lockstep::git
