#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "git/object_id.h"
#include "git/pack.h"
#include "git/stored_object.h"

namespace lockstep::git {

/// The objects in the files of a repository: packs, files of their own, and those of repositories
/// it borrows from (gitrepository-layout(5)). Movable; used from one thread at a time.
///
/// An answer is certain: what was read has the name it was asked for, which is computed of every
/// object (git does so only for those it peels tags through). Nothing means: ask git. The object
/// may be missing, damaged, too large, or in a form that is not read here (indexes of version 1,
/// alternates in quotes). Headers are not proved by the name: git does the same.
class ObjectStore {
  public:
    /// `directory` is the repository's folder `objects`; it is read at the first question.
    ObjectStore(std::string directory, std::size_t id_bytes)
        : directory_(std::move(directory)), id_bytes_(id_bytes) {}

    std::size_t id_bytes() const { return id_bytes_; }
    std::optional<ObjectHeader> header(const ObjectId& id);
    /// Nothing, too, of one above `bytes_max`.
    std::optional<StoredObject> read(const ObjectId& id, std::size_t bytes_max = stored_bytes_max);

  private:
    struct Place {
        const Pack* pack;
        std::uint64_t offset;
    };
    void open();
    void open_folder(const std::string& directory, int depth);
    std::optional<Place> find_packed(const ObjectId& id);
    std::optional<os::MappedFile> find_loose(const ObjectId& id) const;

    std::string directory_;
    std::size_t id_bytes_;
    bool is_open_ = false;
    std::vector<std::string> folders_;  // it and those it borrows from
    std::vector<Pack> packs_;
    std::size_t last_pack_ = 0;  // where the last object was: the next is likely to be there too
    PackReading reading_;
};

/// Whether an object has this name.
bool is_named(const StoredObject& object, const ObjectId& id);

}  // namespace lockstep::git
