#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::git {

/// The name of a Git object: SHA-1 (20 bytes) or SHA-256 (32 bytes).
class ObjectId {
  public:
    ObjectId() = default;
    /// From 40 or 64 hexadecimal digits.
    static std::optional<ObjectId> parse(std::string_view hex);
    /// From 20 or 32 raw bytes, as trees hold them.
    static std::optional<ObjectId> from_bytes(std::string_view bytes);

    bool is_null() const { return size_ == 0; }
    std::string hex() const;
    std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }

    auto operator<=>(const ObjectId&) const = default;

  private:
    std::array<unsigned char, 32> bytes_{};
    unsigned char size_ = 0;
};

struct HashObjectId {
    std::size_t operator()(const ObjectId& id) const {
        return std::hash<std::string_view>()(id.bytes());
    }
};

}  // namespace lockstep::git
