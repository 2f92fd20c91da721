#include "git/pack_entry.h"

namespace lockstep::git {

namespace {

constexpr std::size_t pack_header = 12;

/// Reads a pack from one place on.
class Bytes {
  public:
    Bytes(std::string_view pack, std::size_t at) : pack_(pack), at_(at) {}

    std::size_t at() const { return at_; }
    std::optional<std::uint8_t> next() {
        if (at_ >= pack_.size()) return std::nullopt;
        return static_cast<std::uint8_t>(pack_[at_++]);
    }
    std::optional<std::string_view> take(std::size_t count) {
        if (count > pack_.size() - at_) return std::nullopt;
        at_ += count;
        return pack_.substr(at_ - count, count);
    }

  private:
    std::string_view pack_;
    std::size_t at_;
};

/// Three bits of type, four of the size; then seven bits of the size in each byte, lowest first.
std::optional<unsigned> read_type_and_size(Bytes& bytes, std::uint64_t& size) {
    auto byte = bytes.next();
    if (!byte) return std::nullopt;
    const unsigned type = (*byte >> 4u) & 7u;
    size = *byte & 15u;
    for (unsigned shift = 4; (*byte & 0x80u) != 0; shift += 7) {
        byte = bytes.next();
        if (!byte || shift > 53) return std::nullopt;
        size |= static_cast<std::uint64_t>(*byte & 0x7fu) << shift;
    }
    return type;
}

/// How far back the base stands: seven bits in each byte, highest first, and one more for each
/// further byte, so that no distance can be written in two ways.
std::optional<std::uint64_t> read_distance(Bytes& bytes) {
    auto byte = bytes.next();
    if (!byte) return std::nullopt;
    std::uint64_t distance = *byte & 0x7fu;
    while ((*byte & 0x80u) != 0) {
        byte = bytes.next();
        if (!byte || distance >> 55u != 0) return std::nullopt;
        distance = ((distance + 1) << 7u) | (*byte & 0x7fu);
    }
    return distance;
}

}  // namespace

std::optional<PackEntry> read_pack_entry(std::string_view pack, std::uint64_t offset,
                                         std::size_t id_bytes) {
    if (offset < pack_header || offset >= pack.size()) return std::nullopt;
    Bytes bytes(pack, offset);
    PackEntry entry;
    const auto type = read_type_and_size(bytes, entry.size);
    if (!type) return std::nullopt;
    switch (*type) {
        case 1:
            entry.type = ObjectType::commit;
            break;
        case 2:
            entry.type = ObjectType::tree;
            break;
        case 3:
            entry.type = ObjectType::blob;
            break;
        case 4:
            entry.type = ObjectType::tag;
            break;
        case 6: {
            const auto distance = read_distance(bytes);
            if (!distance || *distance == 0 || *distance > offset - pack_header)
                return std::nullopt;
            entry.base_offset = offset - *distance;
            break;
        }
        case 7: {
            const auto id = bytes.take(id_bytes);
            const auto base = id ? ObjectId::from_bytes(*id) : std::nullopt;
            if (!base) return std::nullopt;
            entry.base = *base;
            break;
        }
        default:
            return std::nullopt;
    }
    entry.data = bytes.at();
    return entry;
}

}  // namespace lockstep::git
