#pragma once

#include "base/file_tree.h"
#include "base/result.h"
#include "consumers/pin.h"

namespace lockstep::consumers {

/// Reads what a GitOps tree pins: kustomizations, the objects of Flux and of Argo CD in any YAML
/// file, charts. An object that is named as the source of another (Flux's sourceRef) is looked for
/// in the whole tree.
///
/// Not looked into: .git, node_modules. A file that is not what it should be is a Gap where it
/// speaks of what is read here; so is a tree of more than 50,000 files, or one nested more than 64
/// deep. Errors: `root`, the directory that is read, cannot be.
Result<Found> read_pins(const FileTree& tree, const std::string& root = {});

/// Of one file; `path` tells kustomizations and Chart.yaml apart from other YAML. Sources that
/// stand in other files are not found.
Found read_pins_of(std::string_view path, const Blob& text);

}  // namespace lockstep::consumers
