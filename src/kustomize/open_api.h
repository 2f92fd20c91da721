#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// `openapi`: what the build knows of types, from the kustomization it starts in (`is_root`) or
/// else the first one below that says something. A schema of its own takes the place of
/// Kubernetes' altogether.
///
/// Errors: `invalid` where there is no such version, the file is no schema, or both are given;
/// `unsupported` where a base brings a schema after objects were read: kustomize then mixes it with
/// its own, by what it has seen until then.
Result<void> choose_schemas(Build& build, const Loader& loader, const Kustomization& file,
                            bool is_root);

}  // namespace lockstep::kustomize
