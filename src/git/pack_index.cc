#include "git/pack_index.h"

#include "base/check.h"
#include "git/big_endian.h"

namespace lockstep::git {

namespace {

constexpr std::string_view magic("\377tOc\0\0\0\2", 8);
constexpr std::size_t fan_out = magic.size();  // where it begins: 256 counts
constexpr std::size_t names = fan_out + 256 * 4;
constexpr std::size_t crc_bytes = 4, offset_bytes = 4, large_bytes = 8;
constexpr std::uint32_t is_large = 0x80000000u;

}  // namespace

std::optional<PackIndex> PackIndex::parse(std::string_view bytes, std::size_t id_bytes) {
    if (!bytes.starts_with(magic) || bytes.size() < names + 2 * id_bytes) return std::nullopt;
    std::uint32_t count = 0;
    for (std::size_t first = 0; first < 256; ++first) {
        const auto up_to = big_endian<std::uint32_t>(bytes, fan_out + 4 * first);
        if (up_to < count) return std::nullopt;
        count = up_to;
    }
    // Offsets of 2 GiB and more stand in a table of their own, which has at most one for each.
    const std::size_t least = names + count * (id_bytes + crc_bytes + offset_bytes) + 2 * id_bytes;
    const std::size_t most = least + (count == 0 ? 0 : (count - 1) * large_bytes);
    if (bytes.size() < least || bytes.size() > most) return std::nullopt;
    return PackIndex(bytes, id_bytes, count);
}

std::string_view PackIndex::id_at(std::uint32_t at) const {
    CHECK(at < count_);
    return bytes_.substr(names + at * id_bytes_, id_bytes_);
}

std::string_view PackIndex::pack_checksum() const {
    return bytes_.substr(bytes_.size() - 2 * id_bytes_, id_bytes_);
}

std::optional<std::uint64_t> PackIndex::offset_at(std::uint32_t at) const {
    const std::size_t offsets = names + count_ * (id_bytes_ + crc_bytes);
    const auto offset = big_endian<std::uint32_t>(bytes_, offsets + at * offset_bytes);
    if ((offset & is_large) == 0) return offset;
    const std::size_t large = offsets + count_ * offset_bytes;
    const std::size_t large_end = bytes_.size() - 2 * id_bytes_;
    const std::size_t number = offset & ~is_large;
    if (number >= (large_end - large) / large_bytes) return std::nullopt;
    return big_endian<std::uint64_t>(bytes_, large + number * large_bytes);
}

std::optional<std::uint64_t> PackIndex::find(const ObjectId& id) const {
    const std::string_view wanted = id.bytes();
    if (wanted.size() != id_bytes_) return std::nullopt;
    const std::size_t first = static_cast<unsigned char>(wanted[0]);
    std::uint32_t low =
        first == 0 ? 0 : big_endian<std::uint32_t>(bytes_, fan_out + 4 * (first - 1));
    std::uint32_t high = big_endian<std::uint32_t>(bytes_, fan_out + 4 * first);
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        const int order = wanted.compare(id_at(middle));
        if (order == 0) return offset_at(middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return std::nullopt;
}

}  // namespace lockstep::git
