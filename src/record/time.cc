#include "record/time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace lockstep::record {

namespace {

using namespace std::chrono;

constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";

bool has_the_form(std::string_view text) {
    return std::ranges::equal(text, form, [](char found, char expected) {
        return expected == 'd' ? found >= '0' && found <= '9' : found == expected;
    });
}

int number(std::string_view text, std::size_t at, std::size_t digits) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + digits, value);
    return value;
}

}  // namespace

std::optional<std::string> format_time(std::int64_t seconds) {
    constexpr sys_seconds first = sys_days(year(0) / 1 / 1);
    constexpr sys_seconds end = sys_days(year(10'000) / 1 / 1);
    if (seconds < first.time_since_epoch().count() || seconds >= end.time_since_epoch().count())
        return std::nullopt;
    const sys_seconds time{std::chrono::seconds(seconds)};
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 32> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(size));
}

std::optional<std::int64_t> parse_time(std::string_view text) {
    if (!has_the_form(text)) return std::nullopt;
    const year_month_day date(year(number(text, 0, 4)),
                              month(static_cast<unsigned>(number(text, 5, 2))),
                              day(static_cast<unsigned>(number(text, 8, 2))));
    const int hour = number(text, 11, 2);
    const int minute = number(text, 14, 2);
    const int second = number(text, 17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const sys_seconds time =
        sys_days(date) + hours(hour) + minutes(minute) + std::chrono::seconds(second);
    return time.time_since_epoch().count();
}

}  // namespace lockstep::record
