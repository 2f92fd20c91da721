#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::yaml {

/// A whole number of up to 64 bits, as Go reads it.
struct Integer {
    bool negative = false;
    std::uint64_t magnitude = 0;

    bool operator==(const Integer&) const = default;
};

/// `10`, `-0x10`, `0o17`, `017`, `0b11`, `1_000`; nothing where `text` is none or needs more than
/// 64 bits.
std::optional<Integer> parse_integer(std::string_view text);

/// `1.5`, `.5`, `1.`, `1e3`, `08`, `1_0.5`; nothing where `text` is none or is too large. Infinity
/// and NaN are not among them.
std::optional<double> parse_real(std::string_view text);

void append_number(Integer integer, std::string& out);
/// As a JSON number that is read again would be printed: integral values that fit 64 bits in
/// decimal, all others as Go's %g.
void append_number(double real, std::string& out);

}  // namespace lockstep::yaml
