#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/evidence.h"
#include "verify/timeline.h"

namespace lockstep::verify {

/// What one name (an image, a chart's version) declared over the product's releases.
struct Series {
    std::size_t releases = 0;   // that declare it at all
    std::size_t versioned = 0;  // that declare a version
    std::size_t in_step = 0;    // whose version keeps step with the release
    std::size_t exact = 0;      // whose version is the release's
    std::size_t distinct = 0;   // versions
    std::size_t with_v = 0;     // that write it with a leading v
    std::size_t known = 0;      // whose version is one that was released, before or after
    bool first_with_v = false;  // the first version is written so
    std::optional<version::Version> first_exact;  // the first release whose version it was
    std::string only;  // the text, where it is the same in all of them; else empty

    /// Moves with the product: what it declares changes, and is its version or a little behind in
    /// half of the releases.
    bool follows() const { return distinct >= 2 && in_step * 2 >= versioned && versioned >= 2; }
    /// Versioned, seen often enough, and not moving with the product.
    bool is_apart() const { return versioned >= 2 && in_step * 2 < versioned; }
    /// Changes nearly as often as the product: what only happens to stand at its numbers now and
    /// then stays behind in between.
    bool is_brisk() const { return distinct * 3 >= versioned * 2 || exact * 4 >= versioned * 3; }
    /// Numbered by somebody else: neither in step nor, mostly, at versions that exist.
    bool is_elsewhere() const { return in_step * 2 < versioned && known * 2 < versioned; }
    bool is_constant() const { return releases >= 3 && !only.empty(); }
};

/// The series of a whole history: of the product over its releases, of what belongs to a component
/// over those of the component. Costs one pass over the distinct declarations of each release.
class SeriesTable {
  public:
    SeriesTable(const evidence::History& history, const Timelines& timelines);

    /// By family of image (see `family`); null where no release declares it.
    const Series* image(std::string_view family) const;
    /// By chart name and subject; of an object's version by the path of its file.
    const Series* chart(std::string_view name, manifest::Subject subject) const;

    const std::unordered_map<std::string, Series>& images() const { return images_; }

    /// Whether an earlier release declares this digest of the image as another version: at most one
    /// of the two can be right, unless both published the same image.
    bool is_digest_of_former(const manifest::Declaration& declaration,
                             const version::Version& release) const;

    /// Full names seen for a family: registries change over a history.
    const std::vector<std::string>& names(const std::string& family) const;

  private:
    std::unordered_map<std::string, Series> images_;
    std::unordered_map<std::string, Series> charts_;
    /// The lowest release that declares a digest of a family of images, with its own version.
    std::unordered_map<std::string, version::Version> digests_;
    std::unordered_map<std::string, std::vector<std::string>> names_;
};

/// What stays of an image's name when it moves from registry to registry: its last two path
/// elements, without the registry. "registry.k8s.io/descheduler/descheduler" →
/// "descheduler/descheduler", "ghcr.io/acme/team/app" → "team/app".
std::string_view family(std::string_view image);

}  // namespace lockstep::verify
