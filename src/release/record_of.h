#pragma once

#include "base/result.h"
#include "git/object_id.h"
#include "record/record.h"
#include "release/state.h"

namespace lockstep::release {

/// What a release publishes, with the digest of every kustomization as it renders.
record::Record record_of(const State& state, const git::ObjectId& tree);

}  // namespace lockstep::release
