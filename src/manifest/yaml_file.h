#pragma once

#include <string_view>

#include "base/file_tree.h"
#include "manifest/declaration.h"
#include "manifest/read_options.h"

namespace lockstep::manifest {

/// The images that the objects in a YAML or JSON file name. An object has apiVersion and kind;
/// other YAML declares nothing and is no Gap. A text that cannot be parsed is one only where it was
/// meant as a manifest (a line begins with `apiVersion:` or `kind:`), with the images it mentions.
Facts read_yaml_file(const FileTree& tree, std::string_view path, const ReadOptions& options = {});

/// The same of a stream of manifests that stands in no file (`kustomize build … |`), called `name`:
/// one that cannot be parsed is a Gap whatever it was meant as.
Facts read_manifests(std::string_view name, const Blob& text, const ReadOptions& options = {});

}  // namespace lockstep::manifest
