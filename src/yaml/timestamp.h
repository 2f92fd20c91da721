#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::yaml {

/// An unquoted date as YAML 1.1 and Go read it: `2020-1-2`, `2020-01-02 03:04:05.5`,
/// `2020-01-02T03:04:05Z`, `…+02:00`.
struct Timestamp {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanosecond = 0;
    int offset_minutes = 0;  // east of UTC

    bool operator==(const Timestamp&) const = default;
};

/// The timestamp that `text` is; nothing where it is a string.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Appends "2020-01-02T03:04:05.5+02:00"; false where RFC 3339 has no such offset (24 hours).
bool append_rfc3339(const Timestamp& timestamp, std::string& out);

}  // namespace lockstep::yaml
