#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lockstep::crypto {

/// A digest computed while bytes go by. Movable; used from one thread at a time.
class Hasher {
  public:
    /// SHA-1 is for the names that Git gives: it proves nothing about who made something.
    enum class Algorithm : std::uint8_t { sha1, sha256, sha384, sha512 };

    explicit Hasher(Algorithm algorithm);
    Hasher(Hasher&& other) noexcept;
    Hasher& operator=(Hasher&& other) noexcept;
    ~Hasher();

    void update(std::string_view bytes);
    /// Bytes so far.
    std::uint64_t count() const { return count_; }
    /// The digest of all bytes so far in lower-case hexadecimal. Once only.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
    std::uint64_t count_ = 0;
};

}  // namespace lockstep::crypto
