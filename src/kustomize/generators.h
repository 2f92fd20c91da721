#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// Makes the ConfigMaps, then the Secrets, of the kustomization and adds them to the objects, or
/// merges them into the ones they name, as their `behavior` says.
Result<void> run_generators(Build& build, const Loader& loader, const Kustomization& file,
                            Resources& objects);

enum class GeneratedKind { config_map, secret };

/// Makes one object, by the options of its own alone, and adds it or puts it into the place of the
/// one it names.
Result<void> run_generator(Build& build, const Loader& loader, const Generator& generator,
                           GeneratedKind kind, Resources& objects);

}  // namespace lockstep::kustomize
