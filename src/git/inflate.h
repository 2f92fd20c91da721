#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lockstep::git {

/// Undoes zlib's compression (RFC 1950), as Git's objects stand on disk.
/// Movable; used from one thread at a time.
class Inflater {
  public:
    Inflater();
    Inflater(Inflater&&) noexcept;
    Inflater& operator=(Inflater&&) noexcept;
    ~Inflater();

    struct Whole {
        std::string bytes;
        std::size_t consumed = 0;  // of the input
    };
    /// The stream that `from` begins with. Nothing where it is damaged (its checksum included), cut
    /// short, or holds more or less than `size` bytes. Memory: `size`, whatever the stream holds.
    std::optional<Whole> whole(std::string_view from, std::size_t size);

    /// The first bytes of that stream, `size` or as many as it has. Nothing where it is damaged so
    /// far.
    std::optional<std::string> beginning(std::string_view from, std::size_t size);

  private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace lockstep::git
