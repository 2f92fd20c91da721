#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"
#include "kustomize/transformer_config.h"
#include "kustomize/variables.h"

namespace lockstep::kustomize {

/// Reads and decodes the kustomization file of the loader's directory, and gives the build its
/// warnings.
Result<Kustomization> read_kustomization(Build& build, const Loader& loader);

/// What a kustomization and all below it add up to.
struct Accumulated {
    Resources objects;
    TransformerConfig config;
    Variables variables;
};

/// The objects of a kustomization, transformed by it and by all below it, depth first. What is done
/// once, at the end of a build, is not done: see render.cc.
Result<Accumulated> accumulate(Build& build, const Loader& loader, const Kustomization& file);

}  // namespace lockstep::kustomize
