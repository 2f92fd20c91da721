#include "images/blob_pipe.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "os/ending.h"

namespace lockstep::images {

namespace {

constexpr std::size_t ring_bytes = 2u << 20;
// Waking the other side for less costs more than it moves.
constexpr std::size_t worth_waking = ring_bytes / 4;
constexpr std::chrono::milliseconds look_around(50);

std::unexpected<Error> interrupted() {
    return fail(Error::Kind::unavailable, "interrupted");
}

}  // namespace

BlobPipe::BlobPipe(std::uint64_t size, const std::atomic<bool>& is_stopped,
                   std::function<void(std::size_t)> moved)
    : size_(size),
      is_stopped_(is_stopped),
      moved_(std::move(moved)),
      ring_(std::make_unique_for_overwrite<char[]>(ring_bytes)) {}

bool BlobPipe::must_end() const {
    return is_stopped_.load() || os::is_ending();
}

std::uint64_t BlobPipe::taken() const {
    const std::lock_guard lock(mutex_);
    return in_;
}

bool BlobPipe::is_closed() const {
    const std::lock_guard lock(mutex_);
    return is_closed_;
}

void BlobPipe::end(Result<void> outcome) {
    const std::lock_guard lock(mutex_);
    if (!outcome.has_value() && !is_closed_) failure_ = std::move(outcome.error());
    is_ended_ = true;
    changed_.notify_all();
}

void BlobPipe::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
}

/// Bytes that may be given out. Under the lock.
std::size_t BlobPipe::available() const {
    const auto filled = static_cast<std::size_t>(in_ - out_);
    const bool is_whole = in_ == size_ && filled > 0;
    return is_whole && !is_ended_ ? filled - 1 : filled;
}

/// Free bytes of the ring, at least one.
Result<std::size_t> BlobPipe::wait_for_room() {
    std::unique_lock lock(mutex_);
    while (true) {
        if (is_closed_) return fail(Error::Kind::unavailable, "the writing of the blob ended");
        if (must_end()) return interrupted();
        const std::size_t room = ring_bytes - static_cast<std::size_t>(in_ - out_);
        if (room > 0) return room;
        changed_.wait_for(lock, look_around);
    }
}

/// Bytes in the ring, at least one: many, or what came in a while.
Result<std::size_t> BlobPipe::wait_for_bytes() {
    std::unique_lock lock(mutex_);
    bool is_patient = true;
    while (true) {
        if (failure_.has_value()) return std::unexpected<Error>(*failure_);
        if (must_end()) return interrupted();
        const std::size_t bytes = available();
        const bool is_much = bytes >= worth_waking || is_ended_ || in_ == size_;
        if (bytes > 0 && (is_much || !is_patient)) return bytes;
        if (is_ended_)
            return fail(Error::Kind::internal, "more of a blob was asked for than it has");
        is_patient = changed_.wait_for(lock, look_around) == std::cv_status::no_timeout;
    }
}

Result<bool> BlobPipe::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t room = TRY(wait_for_room());
        // Only this thread moves `in_`.
        if (bytes.size() > size_ - in_)
            return fail(Error::Kind::corrupt, "the blob has more bytes than its descriptor says");
        const auto at = static_cast<std::size_t>(in_ % ring_bytes);
        const std::size_t count = std::min({bytes.size(), room, ring_bytes - at});
        std::memcpy(ring_.get() + at, bytes.data(), count);
        bytes.remove_prefix(count);
        const std::lock_guard lock(mutex_);
        const auto before = static_cast<std::size_t>(in_ - out_);
        in_ += count;
        const std::size_t filled = before + count;
        if (in_ == size_ || (before < worth_waking && filled >= worth_waking))
            changed_.notify_all();
    }
    return true;
}

Result<std::size_t> BlobPipe::read(char* buffer, std::size_t capacity) {
    const std::size_t bytes = TRY(wait_for_bytes());
    // Only this thread moves `out_`.
    const auto at = static_cast<std::size_t>(out_ % ring_bytes);
    const std::size_t count = std::min({capacity, bytes, ring_bytes - at});
    std::memcpy(buffer, ring_.get() + at, count);
    {
        const std::lock_guard lock(mutex_);
        const auto before = ring_bytes - static_cast<std::size_t>(in_ - out_);
        out_ += count;
        if (before < worth_waking && before + count >= worth_waking) changed_.notify_all();
    }
    moved_(count);
    return count;
}

}  // namespace lockstep::images
