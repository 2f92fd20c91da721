#pragma once

#include <string>

#include "base/result.h"
#include "git/draft.h"
#include "git/object_id.h"
#include "project/project.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// "refs/tags/v1.2.0".
std::string tag_ref_of(const State& state);

/// The Git tag of a release, as a remote has it.
struct TagRef {
    std::string ref;
    bool is_there = false;
    git::ObjectId object;  // what it names: the tag object
};

/// In a listing that was asked for it. `conflict` where the tag is there and leads to another
/// commit than the release's.
Result<TagRef> find_tag(const git::RemoteRefs& remote, const State& state);

/// The tag object, annotated, in the draft.
Result<git::ObjectId> write_tag(Site& site, const State& state, const project::Project& project);

}  // namespace lockstep::release
