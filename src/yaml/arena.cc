#include "yaml/arena.h"

#include <algorithm>

namespace lockstep::yaml {

namespace {
constexpr std::size_t first_chunk = 4096;
constexpr std::size_t largest_chunk = 256 * 1024;
}  // namespace

void* Arena::allocate_in_new_chunk(std::size_t size) {
    const std::size_t grown =
        std::min(largest_chunk, first_chunk << std::min<std::size_t>(chunks_.size(), 6));
    const std::size_t wanted = std::max(size, grown);
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(wanted));
    std::byte* const taken = chunks_.back().get();  // what new returns is aligned for every type
    next_ = taken + size;
    left_ = wanted - size;
    total_ += size;
    return taken;
}

}  // namespace lockstep::yaml
