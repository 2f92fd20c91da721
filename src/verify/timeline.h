#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "version/version.h"

namespace lockstep::verify {

/// The releases of one component ("": the product) in order of version, context included: what "the
/// release just before" means. Borrows the history.
class Timeline {
  public:
    Timeline(const evidence::History& history, std::string_view component);

    bool empty() const { return releases_.empty(); }
    const std::vector<const evidence::Release*>& releases() const { return releases_; }

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
};

}  // namespace lockstep::verify
