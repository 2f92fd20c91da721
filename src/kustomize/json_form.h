#pragma once

#include <string>

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// JSON patches turn whole numbers into float64; elsewhere they keep up to 64 bits.
enum class Integers { as_float64, exact };

/// Makes of `node` what is left of it when kustomize writes it as JSON and reads that again: real
/// numbers are float64, dates are strings, folded texts have kustomize's extra newlines and are
/// folded no more, styles are those of a fresh print. Marks stay.
///
/// Errors: `invalid` where JSON has no such value (infinity, a number out of range).
Result<void> through_json(yaml::Arena& arena, yaml::Node& node,
                          Integers integers = Integers::as_float64);

/// Go's shortest %g: "8080", "1e+06", "0.5".
std::string go_g(double value);
std::string go_g32(float value);

}  // namespace lockstep::kustomize
