#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "images/store.h"

namespace lockstep::images {

/// Blobs on their way from one repository to another. Borrows all it has; thread-safe if `moved`
/// is.
struct BlobTransfer {
    Store& from;
    const std::string& from_repository;
    Store& to;
    const std::string& to_repository;
    const std::atomic<bool>& is_stopped;  // ends those under way
    /// Bytes that arrived; below 0 where they have to be moved again.
    const std::function<void(std::int64_t)>& moved;
};

/// Moves one blob, with a thread for each side where its bytes have to be fetched. A read that is
/// interrupted goes on where it stopped; a write that is, begins again, at most twice. The bytes
/// that it moved at last.
Result<std::uint64_t> transfer(const BlobTransfer& transfer, const oci::Descriptor& blob);

}  // namespace lockstep::images
