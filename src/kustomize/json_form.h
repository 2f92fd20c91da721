#pragma once

#include <string>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// Makes of `node` what is left of it when kustomize writes it as JSON and reads that again: all
/// numbers are float64, dates are strings, folded texts have kustomize's extra newlines and are
/// folded no more, styles are those of a fresh print. Marks stay.
///
/// Errors: `invalid` where JSON has no such value (infinity, a number out of range).
Result<void> through_json(yaml::Arena& arena, yaml::Node& node);

/// Go's shortest %g: "8080", "1e+06", "0.5".
std::string go_g(double value);

}  // namespace lockstep::kustomize
