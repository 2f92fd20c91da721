#include "git/pack.h"

#include <vector>

#include "git/big_endian.h"
#include "git/delta.h"

namespace lockstep::git {

namespace {

constexpr std::size_t bases_bytes_max = 16u << 20;
constexpr std::size_t pack_header = 12;
constexpr std::size_t delta_sizes_max = 20;

bool is_pack_of(std::string_view pack, const PackIndex& index, std::size_t id_bytes) {
    if (!pack.starts_with("PACK") || pack.size() < pack_header + id_bytes) return false;
    const auto version = big_endian<std::uint32_t>(pack, 4);
    return (version == 2 || version == 3) && big_endian<std::uint32_t>(pack, 8) == index.count() &&
           pack.ends_with(index.pack_checksum());
}

}  // namespace

std::shared_ptr<const StoredObject> PackReading::find(const Place& place) const {
    const auto found = bases.find(place);
    return found == bases.end() ? nullptr : found->second;
}

void PackReading::keep(const Place& place, std::shared_ptr<const StoredObject> object) {
    const std::size_t bytes = object->bytes.size();
    if (bytes > bases_bytes_max / 4) return;
    if (bases_bytes + bytes > bases_bytes_max) {
        bases.clear();
        bases_bytes = 0;
    }
    if (bases.emplace(place, std::move(object)).second) bases_bytes += bytes;
}

std::optional<Pack> Pack::over(std::string_view index, std::string_view pack,
                               std::size_t id_bytes) {
    const auto parsed = PackIndex::parse(index, id_bytes);
    if (!parsed || !is_pack_of(pack, *parsed, id_bytes)) return std::nullopt;
    return Pack(*parsed, pack.substr(0, pack.size() - id_bytes), id_bytes);
}

std::optional<Pack> Pack::open(const std::string& index_path, std::size_t id_bytes) {
    constexpr std::string_view index_end = ".idx";
    const std::string stem = index_path.substr(0, index_path.size() - index_end.size());
    auto index_file = os::MappedFile::open(index_path);
    auto pack_file = os::MappedFile::open(stem + ".pack");
    if (!index_file || !pack_file) return std::nullopt;
    auto pack = over(index_file->bytes(), pack_file->bytes(), id_bytes);
    if (!pack) return std::nullopt;
    pack->index_file_ = std::move(*index_file);
    pack->pack_file_ = std::move(*pack_file);
    return pack;
}

std::optional<std::uint64_t> Pack::base_of(const PackEntry& entry) const {
    if (entry.base_offset != 0) return entry.base_offset;
    return index_.find(entry.base);
}

std::optional<std::string> Pack::unpack(const PackEntry& entry, PackReading& reading) const {
    auto whole = reading.inflater.whole(entries_.substr(entry.data), entry.size);
    if (!whole) return std::nullopt;
    return std::move(whole->bytes);
}

std::optional<ObjectHeader> Pack::header(std::uint64_t offset, PackReading& reading) const {
    std::optional<std::uint64_t> size;
    for (std::size_t changes = 0; changes <= chain_max; ++changes) {
        const auto entry = read_pack_entry(entries_, offset, id_bytes_);
        if (!entry) return std::nullopt;
        if (entry->type)
            return ObjectHeader{.type = *entry->type, .size = size.value_or(entry->size)};
        if (!size) {
            const auto beginning =
                reading.inflater.beginning(entries_.substr(entry->data), delta_sizes_max);
            const auto sizes = beginning ? read_delta_sizes(*beginning) : std::nullopt;
            if (!sizes) return std::nullopt;
            size = sizes->result;
        }
        const auto base = base_of(*entry);
        if (!base) return std::nullopt;
        offset = *base;
    }
    return std::nullopt;
}

struct Pack::Change {
    PackEntry entry;
    std::uint64_t offset = 0;
};

std::optional<StoredObject> Pack::read(std::uint64_t offset, std::size_t bytes_max,
                                       PackReading& reading) const {
    std::vector<Change> changes;
    std::shared_ptr<const StoredObject> base;
    while (!(base = reading.find({this, offset}))) {
        const auto entry = read_pack_entry(entries_, offset, id_bytes_);
        if (!entry || entry->size > (changes.empty() ? bytes_max : stored_bytes_max))
            return std::nullopt;
        if (entry->type) {
            auto bytes = unpack(*entry, reading);
            if (!bytes) return std::nullopt;
            StoredObject object{.type = *entry->type, .bytes = std::move(*bytes)};
            if (changes.empty()) return object;
            base = std::make_shared<const StoredObject>(std::move(object));
            reading.keep({this, offset}, base);
            break;
        }
        const auto below = base_of(*entry);
        if (!below || changes.size() == chain_max) return std::nullopt;
        changes.push_back({*entry, offset});
        offset = *below;
    }
    return apply(changes, std::move(base), bytes_max, reading);
}

/// The last of the changes first.
std::optional<StoredObject> Pack::apply(std::span<const Change> changes,
                                        std::shared_ptr<const StoredObject> base,
                                        std::size_t bytes_max, PackReading& reading) const {
    for (std::size_t left = changes.size(); left > 0; --left) {
        const Change& change = changes[left - 1];
        const auto delta = unpack(change.entry, reading);
        const std::size_t most = left == 1 ? bytes_max : stored_bytes_max;
        auto bytes = delta ? apply_delta(base->bytes, *delta, most) : std::nullopt;
        if (!bytes) return std::nullopt;
        StoredObject object{.type = base->type, .bytes = std::move(*bytes)};
        if (left == 1) return object;
        base = std::make_shared<const StoredObject>(std::move(object));
        reading.keep({this, change.offset}, base);
    }
    if (base->bytes.size() > bytes_max) return std::nullopt;
    return *base;
}

}  // namespace lockstep::git
