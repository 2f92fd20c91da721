#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"
#include "kustomize/merge_keys.h"
#include "kustomize/resource.h"

/// The three ways a kustomization patches objects. All of them find their targets by the ids the
/// objects have and had, and remove the objects that a patch deletes.
namespace lockstep::kustomize {

/// `patches`: strategic merge or JSON 6902, by what the text is, from a file or inline. A strategic
/// patch without target goes to the one object it names; a target may select none.
Result<void> apply_patches(Build& build, const Loader& loader, const Schemas& schemas,
                           std::span<const Patch> patches, Resources& objects);

struct StrategicPatches {
    std::vector<Text> entries;  // files, or the text of a patch itself
    Text text;                  // of more patches
};

/// `patchesStrategicMerge`.
Result<void> apply_strategic_patches(Build& build, const Loader& loader, const Schemas& schemas,
                                     const StrategicPatches& patches, Resources& objects);

/// `patchesJson6902`: each with a target that has a name.
Result<void> apply_json_patches(Build& build, const Loader& loader, std::span<const Patch> patches,
                                Resources& objects);

}  // namespace lockstep::kustomize
