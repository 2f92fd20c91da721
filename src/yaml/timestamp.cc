#include "yaml/timestamp.h"

#include <algorithm>
#include <cstdlib>

namespace lockstep::yaml {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads `text` from the front; every step says whether it could.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }

    bool skip(char expected) {
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip_spaces() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    }

    bool exactly(std::size_t digits, int& value) {
        if (rest_.size() < digits || !std::ranges::all_of(rest_.substr(0, digits), is_digit)) {
            return false;
        }
        value = 0;
        for (const char c : rest_.substr(0, digits)) value = value * 10 + (c - '0');
        rest_.remove_prefix(digits);
        return true;
    }
    bool one_or_two(int& value) {
        return exactly(rest_.size() > 1 && is_digit(rest_[1]) ? 2 : 1, value);
    }

    /// ".5" or ",5": digits behind the ninth are dropped.
    void fraction(int& nanosecond) {
        if (rest_.size() < 2 || (rest_[0] != '.' && rest_[0] != ',') || !is_digit(rest_[1])) return;
        rest_.remove_prefix(1);
        int digits = 0;
        for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++digits) {
            if (digits < 9) nanosecond = nanosecond * 10 + (rest_.front() - '0');
        }
        for (; digits < 9; ++digits) nanosecond *= 10;
    }

    bool zone(int& offset_minutes) {
        if (skip('Z')) return true;
        const bool west = skip('-');
        int hours = 0;
        int minutes = 0;
        if (!west && !skip('+')) return false;
        if (!exactly(2, hours) || !skip(':') || !exactly(2, minutes)) return false;
        if (hours > 24 || minutes > 60) return false;
        offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
        return true;
    }

  private:
    std::string_view rest_;
};

int days_in(int month, int year) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool read_date(Reader& reader, Timestamp& at) {
    return reader.exactly(4, at.year) && reader.skip('-') && reader.one_or_two(at.month) &&
           reader.skip('-') && reader.one_or_two(at.day) && at.month >= 1 && at.month <= 12 &&
           at.day >= 1 && at.day <= days_in(at.month, at.year);
}

bool read_clock(Reader& reader, Timestamp& at) {
    if (!reader.one_or_two(at.hour) || !reader.skip(':') || !reader.one_or_two(at.minute) ||
        !reader.skip(':') || !reader.one_or_two(at.second)) {
        return false;
    }
    if (at.hour > 23 || at.minute > 59 || at.second > 59) return false;
    reader.fraction(at.nanosecond);
    return true;
}

void append_padded(std::string& out, int value, std::size_t width) {
    const std::string digits = std::to_string(value);
    out.append(width - std::min(width, digits.size()), '0');
    out += digits;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    Reader reader(text);
    Timestamp at;
    if (!read_date(reader, at)) return std::nullopt;
    if (reader.done()) return at;
    if (reader.skip('T') || reader.skip('t')) {
        if (!read_clock(reader, at) || !reader.zone(at.offset_minutes)) return std::nullopt;
    } else if (reader.skip(' ')) {
        reader.skip_spaces();
        if (!read_clock(reader, at)) return std::nullopt;
    }
    return reader.done() ? std::optional(at) : std::nullopt;
}

bool append_rfc3339(const Timestamp& at, std::string& out) {
    if (std::abs(at.offset_minutes) >= 24 * 60) return false;
    append_padded(out, at.year, 4);
    append_padded(out += '-', at.month, 2);
    append_padded(out += '-', at.day, 2);
    append_padded(out += 'T', at.hour, 2);
    append_padded(out += ':', at.minute, 2);
    append_padded(out += ':', at.second, 2);
    if (at.nanosecond != 0) {
        append_padded(out += '.', at.nanosecond, 9);
        while (out.back() == '0') out.pop_back();
    }
    if (at.offset_minutes == 0) {
        out += 'Z';
    } else {
        append_padded(out += at.offset_minutes < 0 ? '-' : '+', std::abs(at.offset_minutes) / 60,
                      2);
        append_padded(out += ':', std::abs(at.offset_minutes) % 60, 2);
    }
    return true;
}

}  // namespace lockstep::yaml
