#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace lockstep::http {

/// How long a Retry-After field asks to wait from `now` on: seconds, or one of the three dates of
/// HTTP (RFC 9110 sections 10.2.3 and 5.6.7); 0 for a date that has passed. Nothing where it is
/// neither.
std::optional<std::chrono::milliseconds> parse_retry_after(
    const std::string& value, std::chrono::system_clock::time_point now);

/// The pause behind so many failures (from 1): `first`, doubled for each, at most `max`, of which
/// `random` (0 to 1) leaves between half and all, so that clients which failed together do not
/// come back together.
std::chrono::milliseconds pause_after(unsigned failures, std::chrono::milliseconds first,
                                      std::chrono::milliseconds max, double random);

/// Whether an answer of this status may be another one soon: 429, 500, 502, 503, 504. 500 is among
/// them because registries answer so while somebody else writes the same bytes.
bool is_passing(int status);

}  // namespace lockstep::http
