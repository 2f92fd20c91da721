#include "http/retry.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace lockstep::http {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t year_s = 31'536'000;

std::optional<std::time_t> parse_date(const std::string& text) {
    // The program never sets a locale, so the names of days and months are English.
    for (const char* format :
         {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"}) {
        std::tm parts = {};
        const char* end = ::strptime(text.c_str(), format, &parts);
        if (end != nullptr && *end == '\0') return ::timegm(&parts);
    }
    return std::nullopt;
}

}  // namespace

std::optional<milliseconds> parse_retry_after(const std::string& value,
                                              std::chrono::system_clock::time_point now) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::int64_t seconds = 0;
    if (!value.empty() && std::ranges::all_of(value, is_digit)) {
        for (const char c : value) seconds = std::min(year_s, seconds * 10 + (c - '0'));
    } else {
        const std::optional<std::time_t> date = parse_date(value);
        if (!date) return std::nullopt;
        const std::int64_t from = std::chrono::system_clock::to_time_t(now);
        seconds = std::clamp<std::int64_t>(*date - from, 0, year_s);
    }
    return std::chrono::seconds(seconds);
}

milliseconds pause_after(unsigned failures, milliseconds first, milliseconds max, double random) {
    milliseconds pause = first;
    for (unsigned at = 1; at < failures && pause < max; ++at) pause *= 2;
    pause = std::min(pause, max);
    const double share = 0.5 + random / 2;
    return milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * share));
}

bool is_passing(int status) {
    return status == 429 || status == 500 || (status >= 502 && status <= 504);
}

}  // namespace lockstep::http
