#pragma once

#include <array>
#include <string>
#include <string_view>

namespace lockstep::crypto {

/// The SHA-256 digest of `bytes`.
std::array<unsigned char, 32> sha256(std::string_view bytes);

/// The same in lower-case hexadecimal, 64 characters: what stands behind "sha256:" in OCI.
std::string sha256_hex(std::string_view bytes);

}  // namespace lockstep::crypto
