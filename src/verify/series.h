#pragma once

#include <cstddef>
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
    std::string only;           // the text, where it is the same in all of them; else empty

    /// Moves with the product: what it declares changes, and is its version or a little behind in
    /// half of the releases.
    bool follows() const { return distinct >= 2 && in_step * 2 >= versioned && versioned >= 2; }
    /// Versioned, seen often enough, and not moving with the product.
    bool is_apart() const { return versioned >= 2 && in_step * 2 < versioned; }
    bool is_constant() const { return releases >= 3 && !only.empty(); }
};

/// The series of a whole history. Costs one pass over the distinct declarations of each release.
class SeriesTable {
  public:
    SeriesTable(const evidence::History& history, const Timeline& product);

    /// By family of image (see `family`); null where no release declares it.
    const Series* image(std::string_view family) const;
    /// By chart name and subject.
    const Series* chart(std::string_view name, manifest::Subject subject) const;

    const std::unordered_map<std::string, Series>& images() const { return images_; }

    /// Full names seen for a family: registries change over a history.
    const std::vector<std::string>& names(const std::string& family) const;

  private:
    std::unordered_map<std::string, Series> images_;
    std::unordered_map<std::string, Series> charts_;
    std::unordered_map<std::string, std::vector<std::string>> names_;
};

/// What stays of an image's name when it moves from registry to registry: its last two path
/// elements, without the registry. "registry.k8s.io/descheduler/descheduler" →
/// "descheduler/descheduler", "ghcr.io/acme/team/app" → "team/app".
std::string_view family(std::string_view image);

}  // namespace lockstep::verify
