#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"

namespace lockstep::json {

struct Limits {
    std::size_t bytes = 64u << 20;
    std::size_t values = 2'000'000;  // scalars, arrays and objects
    unsigned depth = 100;            // nested arrays and objects
};

/// The members that are kept of each object, and of the objects below them; arrays are looked
/// through. None: all, and everything below. Borrows the names.
struct Wanted {
    std::string_view name = {};  // of the member; of the text itself nothing
    std::vector<Wanted> members = {};
};

/// Reads one JSON text (RFC 8259). `invalid` with path:line:column where it is none, is no UTF-8,
/// holds a key twice in one object, has a number beyond 64 bits, or is above a limit.
Result<Value> parse(std::string path, std::string_view text, const Limits& limits = {});
/// The same, of which only what is `wanted` is kept: for large texts of which little is needed.
/// What is not kept is read as JSON all the same, but may hold keys twice.
Result<Value> parse(std::string path, std::string_view text, const Wanted& wanted,
                    const Limits& limits = {});

}  // namespace lockstep::json
