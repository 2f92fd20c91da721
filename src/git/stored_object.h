#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "git/object_type.h"

namespace lockstep::git {

/// What an object is, before it is read.
struct ObjectHeader {
    ObjectType type = ObjectType::blob;
    std::uint64_t size = 0;

    bool operator==(const ObjectHeader&) const = default;
};

/// An object as it is in the files of a repository, unpacked.
struct StoredObject {
    ObjectType type = ObjectType::blob;
    std::string bytes;

    bool operator==(const StoredObject&) const = default;
};

/// More than this in one object, or in one that it is a change to, is left to git.
inline constexpr std::size_t stored_bytes_max = 64u << 20;

}  // namespace lockstep::git
