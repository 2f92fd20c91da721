#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::git {

/// The sizes that a delta begins with (gitformat-pack(5), "Deltified representation").
struct DeltaSizes {
    std::uint64_t base = 0;
    std::uint64_t result = 0;
    std::size_t length = 0;  // of the two in the delta
};
/// Nothing where `delta` is too short for them. Twenty bytes are enough for any.
std::optional<DeltaSizes> read_delta_sizes(std::string_view delta);

/// `base` changed as `delta` says. Nothing where the delta does not fit it, holds an instruction
/// that there is none of, reaches outside, or makes more or less than it says. Memory: what it says
/// it makes, which must be at most `bytes_max`.
std::optional<std::string> apply_delta(std::string_view base, std::string_view delta,
                                       std::size_t bytes_max);

}  // namespace lockstep::git
