#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "git/object_id.h"
#include "git/object_type.h"

namespace lockstep::git {

/// How an object stands in a pack (gitformat-pack(5), "object entries"): its header, before what is
/// compressed.
struct PackEntry {
    /// What it is; nothing for a change to another object, whose type it has.
    std::optional<ObjectType> type;
    std::uint64_t size = 0;         // of the object, or of the change
    std::uint64_t base_offset = 0;  // what is changed stands there in the same pack; 0 is nowhere
    ObjectId base;                  // or is named; null otherwise
    std::size_t data = 0;           // where what is compressed begins, in the bytes that were given
};

/// The entry at `offset` of `pack`, whose bytes are those before its checksum. Nothing where there
/// is none: it reaches outside, has a type that there is none of, or changes what stands behind it.
std::optional<PackEntry> read_pack_entry(std::string_view pack, std::uint64_t offset,
                                         std::size_t id_bytes);

}  // namespace lockstep::git
