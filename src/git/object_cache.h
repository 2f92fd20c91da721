#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/file_tree.h"
#include "git/object_id.h"
#include "git/tree_object.h"

namespace lockstep::git {

/// What was read of an object: a blob's bytes or a parsed tree, the other is null.
struct ReadObject {
    Blob blob;
    std::shared_ptr<const TreeObject> tree;
};

/// Objects by id within a budget of bytes; those used longest ago go first.
class ObjectCache {
  public:
    explicit ObjectCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Marks it as used now.
    std::optional<ReadObject> find(const ObjectId& id);
    bool contains(const ObjectId& id) const { return places_.contains(id); }
    /// One that alone is above the budget is not kept.
    void insert(const ObjectId& id, ReadObject object);
    std::size_t bytes() const { return bytes_; }

  private:
    struct Kept {
        ObjectId id;
        ReadObject object;
        std::size_t bytes = 0;
    };
    std::list<Kept> kept_;  // used last comes first
    std::unordered_map<ObjectId, std::list<Kept>::iterator, HashObjectId> places_;
    std::size_t bytes_ = 0;
    std::size_t bytes_max_;
};

}  // namespace lockstep::git
