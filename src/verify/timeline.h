#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/evidence.h"
#include "version/style.h"
#include "version/version.h"

namespace lockstep::verify {

/// The releases of one component ("": the product) in order of version, context included: what "the
/// release just before" means. Borrows the history.
class Timeline {
  public:
    Timeline(const evidence::History& history, std::string_view component);

    bool empty() const { return releases_.empty(); }
    const std::vector<const evidence::Release*>& releases() const { return releases_; }

    /// What a declared text says: the version that it names, or the release whose tag it is. A tag
    /// need not look like a version ("v25", "2024-10-01"); where it names a release, so does an
    /// image tag that is called like it.
    std::optional<version::Written> read(std::string_view declared) const;

    /// Where a release of this version stands; nothing where there never was one.
    std::optional<std::size_t> position(const version::Version& version) const;

    /// Whether `version` is the release just before `release`, by version or by date: across
    /// release branches the two differ, and either is what a maintainer would have copied.
    bool is_just_before(const version::Version& version, const evidence::Release& release) const;

    /// Whether `declared` keeps step with `release`: its version, or one of the three before it.
    bool keeps_step(const version::Version& declared, const version::Version& release) const;

  private:
    std::size_t first_not_below(const version::Version& version) const;

    std::vector<const evidence::Release*> releases_;
    std::vector<const evidence::Release*> by_time_;
    /// By tag without its leading "v": those that are no version to read_written.
    std::unordered_map<std::string, const evidence::Release*> named_;
};

/// The timelines of a history: the product's and those of its components.
class Timelines {
  public:
    explicit Timelines(const evidence::History& history);

    const Timeline& product() const { return product_; }
    /// Of a component; of the product for "".
    const Timeline& of(std::string_view component) const;

  private:
    Timeline product_;
    std::map<std::string, Timeline, std::less<>> components_;
};

}  // namespace lockstep::verify
