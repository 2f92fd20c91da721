#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/value.h"

namespace lockstep::json {

struct Limits {
    std::size_t bytes = 64u << 20;
    std::size_t values = 2'000'000;  // scalars, arrays and objects
    unsigned depth = 100;            // nested arrays and objects
};

/// Reads one JSON text (RFC 8259). `invalid` with path:line:column where it is none, is no UTF-8,
/// holds a key twice in one object, has a number beyond 64 bits, or is above a limit.
Result<Value> parse(std::string path, std::string_view text, const Limits& limits = {});

}  // namespace lockstep::json
