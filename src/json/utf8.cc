#include "json/utf8.h"

#include "base/check.h"

namespace lockstep::json {

namespace {

unsigned byte(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// How many bytes the first one announces; 0 where no code point can start with it.
unsigned announced(unsigned first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

bool is_shortest(char32_t value, unsigned length) {
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return value >= least[length];
}

bool is_scalar(char32_t value) {
    return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

char tail(char32_t value, unsigned shift) {
    return static_cast<char>(0x80 | ((value >> shift) & 0x3F));
}

}  // namespace

CodePoint decode(std::string_view text) {
    CHECK(!text.empty());
    const unsigned first = byte(text, 0);
    const CodePoint invalid{first, 1, false};
    const unsigned length = announced(first);
    if (length == 1) return {first, 1, true};
    if (length == 0 || text.size() < length) return invalid;
    char32_t value = first & (0x7Fu >> length);
    for (unsigned at = 1; at < length; ++at) {
        if ((byte(text, at) & 0xC0) != 0x80) return invalid;
        value = (value << 6) | (byte(text, at) & 0x3F);
    }
    if (!is_shortest(value, length) || !is_scalar(value)) return invalid;
    return {value, length, true};
}

void append_utf8(std::string& out, char32_t value) {
    CHECK(is_scalar(value));
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += {static_cast<char>(0xC0 | (value >> 6)), tail(value, 0)};
    } else if (value < 0x10000) {
        out += {static_cast<char>(0xE0 | (value >> 12)), tail(value, 6), tail(value, 0)};
    } else {
        out += {static_cast<char>(0xF0 | (value >> 18)), tail(value, 12), tail(value, 6),
                tail(value, 0)};
    }
}

std::string valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = decode(text);
        if (point.is_valid)
            valid += text.substr(0, point.length);
        else
            append_utf8(valid, U'\uFFFD');
        text.remove_prefix(point.length);
    }
    return valid;
}

}  // namespace lockstep::json
