#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "git/object_id.h"

namespace lockstep::git {

/// Which object stands where in a pack: an index of version 2 (gitformat-pack(5), "Version 2
/// pack-*.idx files"). Borrows its bytes.
class PackIndex {
  public:
    /// `id_bytes` is 20 or 32. Nothing where it is no such index: another version, a size that is
    /// not that of as many objects as it counts, a count that falls. Its checksum is not computed,
    /// as git does not for reading.
    static std::optional<PackIndex> parse(std::string_view bytes, std::size_t id_bytes);

    std::uint32_t count() const { return count_; }
    /// Where the object stands in the pack, which may lie outside of it; nothing where it is not
    /// there.
    std::optional<std::uint64_t> find(const ObjectId& id) const;
    /// The name at a place in the order of names. `at` is below `count()`.
    std::string_view id_at(std::uint32_t at) const;
    /// The last bytes of the pack it belongs to: its checksum.
    std::string_view pack_checksum() const;

  private:
    PackIndex(std::string_view bytes, std::size_t id_bytes, std::uint32_t count)
        : bytes_(bytes), id_bytes_(id_bytes), count_(count) {}
    std::optional<std::uint64_t> offset_at(std::uint32_t at) const;

    std::string_view bytes_;
    std::size_t id_bytes_;
    std::uint32_t count_;
};

}  // namespace lockstep::git
