#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/field_spec.h"
#include "kustomize/resource.h"
#include "yaml/arena.h"

namespace lockstep::kustomize {

/// Makes the fields that name other objects follow those that were renamed or moved: once, at the
/// end of a build. A reference follows the object that ever had that name, is of the target's kind
/// and in reach of the referrer's namespace; among several the one with the same history of
/// prefixes and suffixes. It keeps its own mark.
///
/// Takes time in proportion to the objects and their references.
///
/// Errors: `invalid` where a reference could be to several objects of different names, or a place
/// that should hold one is malformed.
Result<void> update_name_references(yaml::Arena& arena, std::span<const NameReferenceSpec> specs,
                                    Resources& objects);

}  // namespace lockstep::kustomize
