#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Base64 with the standard alphabet and padding (RFC 4648 section 4).
namespace lockstep {

std::string encode_base64(std::string_view bytes);

/// Line ends are skipped; nothing where the rest is no base64 or its padding is wrong.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace lockstep
