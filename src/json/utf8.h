#pragma once

#include <string>
#include <string_view>

namespace lockstep::json {

/// What stands at the start of a text.
struct CodePoint {
    char32_t value = 0;    // of an invalid byte: the byte
    unsigned length = 0;   // in bytes; 1 where invalid
    bool is_valid = true;  // by RFC 3629: shortest form, no surrogates, at most U+10FFFF
};

/// The first code point of `text`, which is not empty.
CodePoint decode(std::string_view text);

/// Appends `value`, a valid code point, as UTF-8.
void append_utf8(std::string& out, char32_t value);

/// `text` with each byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace lockstep::json
