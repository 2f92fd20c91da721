#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

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

/// A blob that stayed where it was.
struct SkippedBlob {
    oci::Descriptor blob;
    std::string reason;
};

struct Copied {
    oci::Descriptor descriptor;     // of what stands at the destination now
    std::uint64_t bytes_moved = 0;  // of blobs
    std::size_t blobs_moved = 0, blobs_mounted = 0, blobs_present = 0, manifests = 0, referrers = 0;
    std::vector<SkippedBlob> skipped;  // layers that may not be distributed
};

/// Copies an image, by digest: blobs, then manifests of platforms, then the index, the name last;
/// so whatever ends it early leaves nothing under the name, and doing it again moves only what is
/// missing. The bytes of manifests are those of the source. A name that exists is settled before
/// anything moves: the same digest is success, another one a `conflict` unless `replace`. Of a
/// store to itself, blobs are mounted. A read that was interrupted goes on where it stopped.
///
/// Referrers are those of every manifest of the image and of each other, at most 4 deep and 1,000;
/// they stand behind what they are about and before the name.
///
/// `not_found`: the image is not there; `corrupt`: a part of it is not, or is another one;
/// `invalid`: manifests of more than 32 MiB together, indexes more than 4 deep.
/// Holds at most a few MiB for each of `jobs`, whatever the size of the image.
Result<Copied> copy(Store& from, const ManifestName& from_name, Store& to,
                    const ManifestName& to_name, const CopyOptions& options = {});

}  // namespace lockstep::images
