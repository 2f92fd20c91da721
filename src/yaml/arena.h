#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lockstep::yaml {

/// Memory that is given back all at once: nodes are many, small, and die together. What is made in
/// it must need no destructor. Movable; pointers into it stay valid over a move. Not thread-safe.
class Arena {
  public:
    Arena() = default;
    Arena(Arena&&) noexcept = default;
    Arena& operator=(Arena&&) noexcept = default;

    template <typename T, typename... Args>
    T* make(Args&&... args) {
        static_assert(std::is_trivially_destructible_v<T>);
        return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
    }

    /// A copy of `text` that lives as long as the arena.
    std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        char* const bytes = static_cast<char*>(allocate(text.size(), 1));
        std::memcpy(bytes, text.data(), text.size());
        return {bytes, text.size()};
    }

    /// Keeps `owner` alive as long as the arena: for nodes that borrow text from a cached document.
    void keep(std::shared_ptr<const void> owner) { kept_.push_back(std::move(owner)); }

    /// `alignment` is a power of two.
    void* allocate(std::size_t size, std::size_t alignment) {
        const std::size_t padding = -reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1);
        if (left_ < size + padding) return allocate_in_new_chunk(size);
        std::byte* const taken = next_ + padding;
        next_ += size + padding;
        left_ -= size + padding;
        total_ += size;
        return taken;
    }

    /// Bytes taken so far.
    std::size_t size() const { return total_; }

  private:
    void* allocate_in_new_chunk(std::size_t size);

    std::vector<std::unique_ptr<std::byte[]>> chunks_;
    std::vector<std::shared_ptr<const void>> kept_;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t total_ = 0;
};

/// A growing array in an arena. Trivially destructible; copying copies the handle, not the
/// elements.
template <typename T>
class List {
  public:
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T* begin() { return data_; }
    T* end() { return data_ + size_; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }
    T& operator[](std::size_t index) { return data_[index]; }
    const T& operator[](std::size_t index) const { return data_[index]; }
    T& back() { return data_[size_ - 1]; }

    void reserve(Arena& arena, std::size_t capacity) {
        if (capacity <= capacity_) return;
        T* const grown = static_cast<T*>(arena.allocate(capacity * sizeof(T), alignof(T)));
        if (size_ != 0) std::memcpy(static_cast<void*>(grown), data_, size_ * sizeof(T));
        data_ = grown;
        capacity_ = static_cast<unsigned>(capacity);
    }
    void push_back(Arena& arena, const T& value) {
        if (size_ == capacity_) reserve(arena, capacity_ == 0 ? 4 : std::size_t{capacity_} * 2);
        ::new (data_ + size_++) T(value);
    }
    void insert(Arena& arena, std::size_t index, const T& value) {
        push_back(arena, value);
        std::rotate(data_ + index, data_ + size_ - 1, data_ + size_);
    }
    void erase(std::size_t index) {
        for (std::size_t at = index + 1; at < size_; ++at) data_[at - 1] = data_[at];
        --size_;
    }
    void clear() { size_ = 0; }

  private:
    static_assert(std::is_trivially_copyable_v<T>);
    T* data_ = nullptr;
    unsigned size_ = 0;
    unsigned capacity_ = 0;
};

}  // namespace lockstep::yaml
