#include "git/object_id.h"

#include <algorithm>

namespace lockstep::git {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

std::optional<unsigned> value_of(char digit) {
    if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
    const std::size_t at = digits.find(digit);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(at);
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
        const auto high = value_of(hex[2 * at]);
        const auto low = value_of(hex[2 * at + 1]);
        if (!high || !low) return std::nullopt;
        id.bytes_[at] = static_cast<unsigned char>(*high * 16 + *low);
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
    std::string text;
    text.reserve(2u * size_);
    for (std::size_t at = 0; at < size_; ++at) {
        text += digits[bytes_[at] / 16u];
        text += digits[bytes_[at] % 16u];
    }
    return text;
}

}  // namespace lockstep::git
