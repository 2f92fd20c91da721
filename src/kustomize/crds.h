#pragma once

#include <vector>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/loader.h"
#include "kustomize/transformer_config.h"

namespace lockstep::kustomize {

/// What the files of `crds` say about fields: which of them name other objects, and which take
/// labels, annotations and prefixes (`x-kubernetes-object-ref-kind` and its like). Each file maps
/// names of types, the last part of which is the kind, to `Schema`s.
///
/// Errors: `invalid` where a file cannot be read, or its types contain each other (for which
/// kustomize never ends).
Result<TransformerConfig> read_crds(Build& build, const Loader& loader,
                                    const std::vector<Text>& paths);

}  // namespace lockstep::kustomize
