#include "yaml/known_characters.h"

#include <cstddef>

namespace lockstep::yaml {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool is_between(unsigned char byte, unsigned char first, unsigned char last) {
    return byte >= first && byte <= last;
}

bool continues(std::string_view text, std::size_t at, std::size_t count) {
    for (std::size_t next = at; next < at + count; ++next) {
        if (!is_between(byte_at(text, next), 0x80, 0xBF)) return false;
    }
    return true;
}

/// Bytes of the known character of three bytes at `at`, 0 for none.
std::size_t three_bytes(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    const unsigned char second = byte_at(text, at + 1);
    const unsigned char third = byte_at(text, at + 2);
    if (!continues(text, at + 1, 2)) return 0;
    if (first == 0xE0 && second < 0xA0) return 0;  // longer than need be
    if (first == 0xED && second > 0x9F) return 0;  // half of a pair of UTF-16
    if (first == 0xE2 && second == 0x80 && (third == 0xA8 || third == 0xA9)) return 0;
    if (first == 0xEF && second == 0xBB && third == 0xBF) return 0;
    if (first == 0xEF && second == 0xBF && third >= 0xBE) return 0;
    return 3;
}

/// Bytes of the known character at `at`, 0 for none.
std::size_t known_size(std::string_view text, std::size_t at) {
    const unsigned char first = byte_at(text, at);
    const unsigned char second = byte_at(text, at + 1);
    if (first < 0x80) return 1;
    if (first == 0xC2) return is_between(second, 0xA0, 0xBF) ? 2 : 0;
    if (is_between(first, 0xC3, 0xDF)) return continues(text, at + 1, 1) ? 2 : 0;
    if (is_between(first, 0xE0, 0xEF)) return three_bytes(text, at);
    if (!is_between(first, 0xF0, 0xF4) || !continues(text, at + 1, 3)) return 0;
    if (first == 0xF0 && second < 0x90) return 0;
    return first == 0xF4 && second > 0x8F ? 0 : 4;
}

bool all_known(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = known_size(text, at);
        if (size == 0) return false;
        at += size;
    }
    return true;
}

}  // namespace

Characters characters_of(std::string_view text) {
    // No branch in the loop, so that it goes over sixteen bytes at once.
    unsigned char control = 0;
    unsigned char all = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool blank = byte == '\n' || byte == '\t';
        control |= static_cast<unsigned char>((byte < 0x20 && !blank) || byte == 0x7F);
        all |= byte;
    }
    if (control != 0) return Characters::others;
    if (all < 0x80) return Characters::ascii;
    return all_known(text) ? Characters::utf8 : Characters::others;
}

}  // namespace lockstep::yaml
