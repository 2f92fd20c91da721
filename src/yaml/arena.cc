#include "yaml/arena.h"

#include <algorithm>
#include <cstdint>

namespace lockstep::yaml {

namespace {
constexpr std::size_t first_chunk = 4096;
constexpr std::size_t largest_chunk = 256 * 1024;
}  // namespace

void* Arena::allocate(std::size_t size, std::size_t alignment) {
    const auto address = reinterpret_cast<std::uintptr_t>(next_);
    std::size_t padding = (alignment - address % alignment) % alignment;
    if (left_ < size + padding) {
        const std::size_t grown =
            std::min(largest_chunk, first_chunk << std::min<std::size_t>(chunks_.size(), 6));
        const std::size_t wanted = std::max(size, grown);
        chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(wanted));
        next_ = chunks_.back().get();
        left_ = wanted;
        padding = 0;  // what new returns is aligned for every type
    }
    std::byte* const taken = next_ + padding;
    next_ += size + padding;
    left_ -= size + padding;
    total_ += size;
    return taken;
}

}  // namespace lockstep::yaml
