#include "kustomize/data_value.h"

#include "base/base64.h"

namespace lockstep::kustomize {

namespace {

constexpr std::size_t line_length = 70;

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// The length of the one character that `text` begins with; 0 where it is not UTF-8.
std::size_t character_length(std::string_view text) {
    const unsigned char first = byte_at(text, 0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return 0;
    // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
    const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte_at(text, 1) < low || byte_at(text, 1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i)
        if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
    return length;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0 || length > text.size()) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string base64_lines(std::string_view bytes) {
    const std::string encoded = encode_base64(bytes);
    if (encoded.size() < line_length) return encoded;
    std::string lines;
    for (std::size_t i = 0; i < encoded.size(); i += line_length)
        lines.append(encoded, i, line_length).append(1, '\n');
    return lines;
}

}  // namespace lockstep::kustomize
