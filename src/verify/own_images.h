#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "evidence/evidence.h"
#include "project/project.h"
#include "verify/series.h"

namespace lockstep::verify {

/// Which images are the project's own: those configured; else, by discovery, those that are called
/// like the project or live in a namespace called like it, and those whose versions move with the
/// project's. Matched by family, since registries change.
class OwnImages {
  public:
    OwnImages(const evidence::History& history, const project::Project& project,
              const SeriesTable& series);

    bool contains(std::string_view image) const;

    /// Whether an image of which only the name is known could be own: for what could not be read.
    bool may_be_own(std::string_view image) const;

    /// Whether an image is called as the project is, which is known before any release is.
    bool is_called_like_project(std::string_view image) const;

    /// The configured entry for an image; null where it was discovered or is not own.
    const project::Image* configured(std::string_view image) const;
    /// Whether a configured image is named here under a name that its entry does not list.
    bool is_other_name(std::string_view image) const;
    /// The entry of the configuration by which this name of an image no longer counts; null where
    /// there is none.
    const std::string* retired(std::string_view image) const;

    /// Whether `repository` ("github.com/owner/repo") is the project's own.
    bool is_own_repository(std::string_view repository) const;

    /// Full names, sorted; and what was assumed, for people.
    const std::vector<std::string>& names() const { return names_; }
    const std::vector<std::string>& assumptions() const { return assumptions_; }

  private:
    void take_configured(const SeriesTable& series);
    void discover(const evidence::History& history, const SeriesTable& series);

    const project::Project& project_;
    std::string project_name_;
    std::string repository_;
    std::unordered_set<std::string> families_;
    std::vector<std::string> names_;
    std::vector<std::string> assumptions_;
};

}  // namespace lockstep::verify
