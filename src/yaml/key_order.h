#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "yaml/node.h"

namespace lockstep::yaml {

/// The order in which kustomize prints keys: other characters before letters, runs of digits as
/// numbers, code points among letters, shorter first. For some sets of keys it is circular.
bool key_less(std::string_view a, std::string_view b);

/// Puts `pairs` into that order. `unsupported` where it is circular: `v1beta1` < `v2` < `v10` <
/// `v1beta1`; kustomize then prints another order in every run.
Result<void> sort_by_key(std::span<const Pair*> pairs);

}  // namespace lockstep::yaml
