#pragma once

#include <map>
#include <string>
#include <tuple>

#include "verify/verdict.h"

/// Which finding belongs to which declaration of a release.
namespace lockstep::report {

/// Looks up both ways in one release. Borrows it.
class Matching {
  public:
    explicit Matching(const verify::ReleaseVerdict& release);

    /// Nothing where the finding is about no declaration (a manifest that could not be rendered).
    const verify::Judged* judged_of(const verify::Finding& finding) const;
    /// Nothing where the declaration is in order, or its rule is off.
    const verify::Finding* finding_of(const verify::Judged& judged) const;

  private:
    using Key = std::tuple<manifest::Surface, std::string, std::string, unsigned, unsigned,
                           std::string, std::string>;
    static Key key(const verify::Judged& judged);
    static Key key(const verify::Finding& finding);

    std::map<Key, const verify::Judged*> judged_;
    std::map<Key, const verify::Finding*> findings_;
};

/// The same place in another release: what stays equal when lines move.
using Identity = std::tuple<manifest::Surface, std::string, std::string, std::string, std::string,
                            std::string, manifest::Subject>;
Identity identity_of(const manifest::Declaration& declaration);

}  // namespace lockstep::report
