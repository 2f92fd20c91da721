#pragma once

#include "base/result.h"
#include "record/record.h"
#include "release/judged.h"
#include "release/state.h"

namespace lockstep::release {

/// What a release publishes, with the digest of every kustomization as it renders.
Result<record::Record> record_of(const State& state, JudgedCommit& judged);

}  // namespace lockstep::release
