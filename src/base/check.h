#pragma once

namespace lockstep::detail {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

/// For our own bugs, always on: one fact that must hold here. Input is never CHECKed.
#define CHECK(condition) \
    ((condition) ? void() : ::lockstep::detail::check_failed(#condition, __FILE__, __LINE__))
