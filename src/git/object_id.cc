#include "git/object_id.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lockstep::git {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

/// What each byte is worth as a digit; 16: it is none.
constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> worth{};
    worth.fill(16);
    for (std::uint8_t digit = 0; digit < 16; ++digit) {
        const char lower = digits[digit];
        worth[static_cast<unsigned char>(lower)] = digit;
        if (digit >= 10) worth[static_cast<unsigned char>(lower - 'a' + 'A')] = digit;
    }
    return worth;
}();

unsigned value_of(char digit) {
    return values[static_cast<unsigned char>(digit)];
}

bool is_size(std::size_t size) {
    return size == 20 || size == 32;
}

}  // namespace

std::optional<ObjectId> ObjectId::parse(std::string_view hex) {
    if (hex.size() % 2 != 0 || !is_size(hex.size() / 2)) return std::nullopt;
    ObjectId id;
    id.size_ = static_cast<unsigned char>(hex.size() / 2);
    for (std::size_t at = 0; at < id.size_; ++at) {
        const unsigned high = value_of(hex[2 * at]);
        const unsigned low = value_of(hex[2 * at + 1]);
        if ((high | low) > 15) return std::nullopt;
        id.bytes_[at] = static_cast<unsigned char>(high * 16 + low);
    }
    return id;
}

std::optional<ObjectId> ObjectId::from_bytes(std::string_view bytes) {
    if (!is_size(bytes.size())) return std::nullopt;
    ObjectId id;
    id.size_ = static_cast<unsigned char>(bytes.size());
    std::ranges::copy(bytes, id.bytes_.begin());
    return id;
}

std::string ObjectId::hex() const {
    std::string text(2u * size_, '0');
    for (std::size_t at = 0; at < size_; ++at) {
        text[2 * at] = digits[bytes_[at] / 16u];
        text[2 * at + 1] = digits[bytes_[at] % 16u];
    }
    return text;
}

}  // namespace lockstep::git
