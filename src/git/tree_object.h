#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"

namespace lockstep::git {

/// A tree object, kept as the bytes Git stores and an index over them: 12 bytes for each entry
/// beside the object itself.
class TreeObject {
  public:
    struct Entry {
        std::string_view name;
        FileTree::Kind kind = FileTree::Kind::absent;
        std::string_view id;  // raw bytes of the object's name
    };

    /// `corrupt` where the bytes are no tree: cut short, an unknown mode, a name that is empty,
    /// ".",
    /// "..", has a slash, or stands there twice. `id_bytes` is 20 or 32.
    static Result<TreeObject> parse(std::string bytes, std::size_t id_bytes);

    std::size_t size() const { return places_.size(); }
    /// Entries by their names as bytes (Git itself sorts folders as if they ended in a slash).
    Entry at(std::size_t index) const { return entry(places_[index]); }
    std::optional<Entry> find(std::string_view name) const;

    std::size_t memory() const { return bytes_.capacity() + places_.capacity() * sizeof(Place); }

  private:
    /// Where an entry's name stands; its id follows behind a zero byte.
    struct Place {
        std::uint32_t offset;
        std::uint32_t length;
        FileTree::Kind kind;
    };
    std::string_view name(const Place& place) const {
        return std::string_view(bytes_).substr(place.offset, place.length);
    }
    Entry entry(const Place& place) const;

    std::string bytes_;
    std::vector<Place> places_;  // sorted by name
    std::size_t id_bytes_ = 20;
};

}  // namespace lockstep::git
