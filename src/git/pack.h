#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "git/inflate.h"
#include "git/object_id.h"
#include "git/pack_entry.h"
#include "git/pack_index.h"
#include "git/stored_object.h"
#include "os/mapped_file.h"

namespace lockstep::git {

/// What reading packs needs and keeps: objects that others are changes to.
struct PackReading {
    using Place = std::pair<const void*, std::uint64_t>;  // a pack and an offset in it

    Inflater inflater = {};
    std::map<Place, std::shared_ptr<const StoredObject>> bases = {};
    std::size_t bases_bytes = 0;

    std::shared_ptr<const StoredObject> find(const Place& place) const;
    void keep(const Place& place, std::shared_ptr<const StoredObject> object);
};

/// A pack with its index (gitformat-pack(5): packs of version 2 and 3, indexes of version 2). Names
/// are not held against contents here.
class Pack {
  public:
    /// By the path of its index. Nothing where one of the two is missing, is of another version or
    /// belongs to another.
    static std::optional<Pack> open(const std::string& index_path, std::size_t id_bytes);
    /// The same of bytes that outlive it.
    static std::optional<Pack> over(std::string_view index, std::string_view pack,
                                    std::size_t id_bytes);

    const PackIndex& index() const { return index_; }

    /// What stands at an offset, or nothing: something is damaged, its base is in no place of this
    /// pack, there are more than `chain_max` changes to it, or it is larger than
    /// `stored_bytes_max`.
    std::optional<ObjectHeader> header(std::uint64_t offset, PackReading& reading) const;
    /// Nothing, too, of one above `bytes_max`.
    std::optional<StoredObject> read(std::uint64_t offset, std::size_t bytes_max,
                                     PackReading& reading) const;

    /// git makes chains of 50 by default and of 4095 at most.
    static constexpr std::size_t chain_max = 4096;

  private:
    Pack(PackIndex index, std::string_view entries, std::size_t id_bytes)
        : index_(index), entries_(entries), id_bytes_(id_bytes) {}
    struct Change;
    std::optional<StoredObject> apply(std::span<const Change> changes,
                                      std::shared_ptr<const StoredObject> base,
                                      std::size_t bytes_max, PackReading& reading) const;
    std::optional<std::uint64_t> base_of(const PackEntry& entry) const;
    std::optional<std::string> unpack(const PackEntry& entry, PackReading& reading) const;

    std::optional<os::MappedFile> index_file_, pack_file_;
    PackIndex index_;
    std::string_view entries_;  // the pack before its checksum
    std::size_t id_bytes_;
};

}  // namespace lockstep::git
