#pragma once

#include "base/result.h"
#include "kustomize/merge_keys.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// What a strategic merge patch did with the object.
enum class Merged { kept, removed };

/// Applies a strategic merge patch to `object`, exactly as kustomize does with all its corners:
/// mappings merge deeply, null deletes, scalars replace, lists merge where `schemas` say so (the
/// patch's elements first) and are replaced elsewhere, `$patch` directives are obeyed.
///
/// Name, kind and namespace change as the patch says; who calls puts them back. Parts of `patch`
/// become parts of `object`, so it is used up. Each scalar of the result has the mark of whichever
/// side decided it.
///
/// Errors: `invalid`, with the place in the patch (or in the object where the patch has none),
/// where a scalar, a list and a mapping meet, or a directive is unknown; `unsupported` where
/// merging the lists would take too long. The object is then of no use.
Result<Merged> merge(yaml::Arena& arena, yaml::Node& object, yaml::Node& patch,
                     const Schemas& schemas);

}  // namespace lockstep::kustomize
