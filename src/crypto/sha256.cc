#include "crypto/sha256.h"

#include <nettle/sha2.h>

#include <cstdint>

namespace lockstep::crypto {

std::array<unsigned char, 32> sha256(std::string_view bytes) {
    static_assert(SHA256_DIGEST_SIZE == 32);
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    std::array<unsigned char, 32> digest;
    sha256_digest(&context, digest.size(), digest.data());
    return digest;
}

std::string sha256_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(64);
    for (const unsigned char byte : sha256(bytes)) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace lockstep::crypto
