#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// One entry of a generated ConfigMap or Secret. Views into the build's arena; `mark` is of the
/// literal, or of the entry that names the file.
struct KeyValue {
    std::string_view key;
    std::string_view value;
    yaml::Mark mark;
};

/// The pairs of a generator's sources: envs, then literals, then files. `invalid` where a key comes
/// twice.
Result<std::vector<KeyValue>> read_key_values(Build& build, const Loader& loader,
                                              const Generator& generator);

}  // namespace lockstep::kustomize
