#pragma once

#include <cstdint>
#include <functional>

#include "base/result.h"
#include "images/store.h"

namespace lockstep::images {

struct CopyProgress {
    std::uint64_t bytes_done = 0, bytes_total = 0;  // of blobs, those that need not move included
    std::size_t blobs_done = 0, blobs_total = 0;
};

struct CopyOptions {
    Store::IfExists if_exists = Store::IfExists::refuse;
    bool referrers = false;  // what refers to the image too, and what refers to that
    unsigned jobs = 4;       // blobs under way at once
    /// Called now and then, from one thread at a time; may be empty.
    std::function<void(const CopyProgress&)> progress = {};
};

struct Copied {
    oci::Descriptor descriptor;  // of what stands at the destination now
    std::uint64_t bytes_moved = 0;
    std::size_t blobs_moved = 0, blobs_mounted = 0, blobs_present = 0, manifests = 0, referrers = 0;
};

/// Copies an image, by digest: blobs, then manifests of platforms, then the index, the name last;
/// so whatever ends it early leaves nothing under the name, and doing it again moves only what is
/// missing. The bytes of manifests are those of the source. A name that exists is settled before
/// anything moves: the same digest is success, another one a `conflict` unless `replace`.
///
/// Holds at most a few MiB for each of `jobs`, whatever the size of the image.
Result<Copied> copy(Store& from, const ManifestName& from_name, Store& to,
                    const ManifestName& to_name, const CopyOptions& options = {});

}  // namespace lockstep::images
