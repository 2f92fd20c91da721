#pragma once

#include "base/result.h"
#include "project/project.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// What an alias ("{major}.{minor}"; also {patch} and {version}) is for a version ("1.2.0" gives
/// "1.2"), with "-" for each "+"; empty where the version is a pre-release, which no alias leads
/// to.
std::string alias_for(const std::string& pattern, const version::Version& version);

/// Moves the image tags that follow releases to what was published, each only where no newer
/// release of the same component has the same one: `latest` stays at 1.3.0 when 1.2.9 is
/// released. One that could be the tag of a release ("v1.2.3") is put once and never moved.
Result<void> move_aliases(Site& site, const State& state, const project::Project& project);

}  // namespace lockstep::release
