#include "git/object_cache.h"

#include <utility>

namespace lockstep::git {

namespace {

constexpr std::size_t overhead = 256;  // of list, map and control blocks, for one entry

std::size_t bytes_of(const ReadObject& object) {
    std::size_t bytes = overhead;
    if (object.blob) bytes += object.blob->capacity();
    if (object.tree) bytes += object.tree->memory();
    return bytes;
}

}  // namespace

std::optional<ReadObject> ObjectCache::find(const ObjectId& id) {
    const auto place = places_.find(id);
    if (place == places_.end()) return std::nullopt;
    kept_.splice(kept_.begin(), kept_, place->second);
    return place->second->object;
}

void ObjectCache::insert(const ObjectId& id, ReadObject object) {
    const std::size_t bytes = bytes_of(object);
    if (bytes > bytes_max_ || contains(id)) return;
    bytes_ += bytes;
    kept_.push_front({.id = id, .object = std::move(object), .bytes = bytes});
    places_[id] = kept_.begin();
    while (bytes_ > bytes_max_) {
        bytes_ -= kept_.back().bytes;
        places_.erase(kept_.back().id);
        kept_.pop_back();
    }
}

}  // namespace lockstep::git
