#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::record {

/// "2026-01-31T12:00:00Z" (RFC 3339, UTC, whole seconds) of seconds since 1970; nothing for years
/// beyond 0000 to 9999.
std::optional<std::string> format_time(std::int64_t seconds);
/// The reverse; nothing for a text of any other form and for a day that no calendar has.
std::optional<std::int64_t> parse_time(std::string_view text);

}  // namespace lockstep::record
