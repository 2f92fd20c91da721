#include "yaml/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <system_error>

namespace lockstep::yaml {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Longer texts are no numbers that anybody wrote; the limit lets the work be done on the stack.
constexpr std::size_t longest = 512;

/// `text` without its underscores, in place where there are none.
class Digits {
  public:
    explicit Digits(std::string_view text) : text_(text) {
        if (text.find('_') == std::string_view::npos) return;
        std::size_t size = 0;
        for (const char c : text) {
            if (c != '_') bytes_[size++] = c;
        }
        text_ = {bytes_.data(), size};
    }
    std::string_view text() const { return text_; }

  private:
    std::array<char, longest> bytes_;
    std::string_view text_;
};

std::optional<std::uint64_t> parse_magnitude(std::string_view digits, int base) {
    std::uint64_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, value, base);
    if (error != std::errc{} || at != end) return std::nullopt;
    return value;
}

/// The base that a prefix names, and the prefix removed.
int take_base(std::string_view& digits) {
    if (digits.size() < 2 || digits[0] != '0') return 10;
    const char mark = static_cast<char>(digits[1] | 0x20);
    const int base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    digits.remove_prefix(base == 0 ? 1 : 2);
    return base == 0 ? 8 : base;
}

std::optional<Integer> parse_signed(std::string_view digits, int base, bool negative, bool sign) {
    const std::optional<std::uint64_t> magnitude = parse_magnitude(digits, base);
    if (!magnitude) return std::nullopt;
    constexpr std::uint64_t half = std::uint64_t{1} << 63;
    // Without a sign all 64 bits count; with one, Go tries only its signed type.
    if (sign && *magnitude > (negative ? half : half - 1)) return std::nullopt;
    return Integer{negative && *magnitude != 0, *magnitude};
}

/// `0b-1` and `0o+7`: Go's reader takes a sign behind these two prefixes.
std::optional<Integer> parse_inner_sign(std::string_view digits) {
    if (!digits.starts_with("0b") && !digits.starts_with("0o")) return std::nullopt;
    const int base = digits[1] == 'b' ? 2 : 8;
    digits.remove_prefix(2);
    if (digits.empty() || (digits[0] != '-' && digits[0] != '+')) return std::nullopt;
    return parse_signed(digits.substr(1), base, digits[0] == '-', true);
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool looks_real(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return at - from;
    };
    const auto sign = [&] {
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    };
    sign();
    const std::size_t whole = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0 && whole == 0) return false;
    } else if (whole == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        sign();
        if (digits() == 0) return false;
    }
    return at == text.size();
}

/// The decimal digits of a finite value: 0.d1d2d3… times ten to the `point`.
struct Decimal {
    bool negative = false;
    std::string digits;
    int point = 0;
};

Decimal shortest(double value) {
    std::array<char, 64> bytes;
    const auto [end, error] = std::to_chars(bytes.data(), bytes.data() + bytes.size(),
                                            std::abs(value), std::chars_format::scientific);
    const std::string_view text(bytes.data(), static_cast<std::size_t>(end - bytes.data()));
    const std::size_t mark = text.find('e');
    Decimal decimal{std::signbit(value), {}, 0};
    for (const char c : text.substr(0, mark)) {
        if (is_digit(c)) decimal.digits += c;
    }
    int exponent = 0;
    const std::string_view power = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    decimal.point = exponent + 1;
    return decimal;
}

void append_exponential(const Decimal& decimal, std::string& out) {
    out += decimal.digits[0];
    if (decimal.digits.size() > 1) out.append(1, '.').append(decimal.digits, 1);
    const int exponent = decimal.point - 1;
    out += exponent < 0 ? "e-" : "e+";
    if (std::abs(exponent) < 10) out += '0';
    out += std::to_string(std::abs(exponent));
}

void append_positional(const Decimal& decimal, std::string& out) {
    const std::size_t size = decimal.digits.size();
    if (decimal.point <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-decimal.point), '0');
        out += decimal.digits;
        return;
    }
    const auto point = static_cast<std::size_t>(decimal.point);
    if (size <= point) {
        out.append(decimal.digits).append(point - size, '0');
    } else {
        out.append(decimal.digits, 0, point).append(1, '.').append(decimal.digits, point);
    }
}

}  // namespace

std::optional<Integer> parse_integer(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    const Digits plain(text);
    std::string_view digits = plain.text();
    if (digits.empty()) return std::nullopt;
    const bool sign = digits[0] == '-' || digits[0] == '+';
    const bool negative = digits[0] == '-';
    if (sign) digits.remove_prefix(1);
    std::string_view behind = digits;
    const int base = take_base(behind);
    if (const auto integer = parse_signed(behind, base, negative, sign)) return integer;
    if (sign) return std::nullopt;
    return parse_inner_sign(digits);
}

std::optional<double> parse_real(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    const Digits plain(text);
    std::string_view digits = plain.text();
    if (!looks_real(digits)) return std::nullopt;
    if (digits[0] == '+') digits.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc{}) return value;
    // Out of range: too large is no number, too small is zero. strtod tells them apart.
    value = std::strtod(std::string(digits).c_str(), nullptr);
    return std::isinf(value) ? std::nullopt : std::optional(value);
}

void append_number(Integer integer, std::string& out) {
    if (integer.negative) out += '-';
    out += std::to_string(integer.magnitude);
}

void append_number(double real, std::string& out) {
    if (real == 0) {
        out += '0';
        return;
    }
    const Decimal decimal = shortest(real);
    const bool integral =
        decimal.digits.size() <= static_cast<std::size_t>(std::max(decimal.point, 0));
    if (integral && decimal.point <= 21) {
        std::string whole = decimal.negative ? "-" : "";
        append_positional(decimal, whole);
        if (parse_integer(whole)) {
            out += whole;
            return;
        }
    }
    if (decimal.negative) out += '-';
    if (decimal.point - 1 < -4 || decimal.point - 1 >= 6) {
        append_exponential(decimal, out);
    } else {
        append_positional(decimal, out);
    }
}

}  // namespace lockstep::yaml
