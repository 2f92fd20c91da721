#pragma once

#include "base/result.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// Applies the operations of a JSON 6902 patch to an object, as kustomize does with all its
/// corners: `replace` of a missing field creates it, negative indexes count from the end, `add`
/// without a value adds null. The whole object passes through JSON, so all its numbers come out as
/// float64.
///
/// `operations` is what `check_json_patch` accepted; its values keep their marks.
///
/// Errors: `invalid`, at the operation, where it does not apply. The object is then of no use.
Result<void> apply_json_patch(yaml::Arena& arena, yaml::Node& object, const yaml::Node& operations);

/// Whether `operations` is a list of mappings (or nothing): what is wrong with the mappings shows
/// when they are applied. Errors: `invalid`.
Result<void> check_json_patch(const yaml::Node& operations);

}  // namespace lockstep::kustomize
