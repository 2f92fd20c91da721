#include "crypto/sha256.h"

#include <nettle/sha2.h>

#include <cstdint>

#include "crypto/hexadecimal.h"

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
    return hexadecimal(sha256(bytes));
}

}  // namespace lockstep::crypto
