#pragma once

#include "ci/pipeline.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::ci {

/// What a file of a CI may hold.
yaml::Limits file_limits();
inline constexpr std::size_t steps_max = 10'000;

/// A step that runs the script in `node`, a scalar, with the places of its lines.
Step script_step(const yaml::Node& node);

}  // namespace lockstep::ci
