#pragma once

#include <vector>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

/// The objects of a parsed text, as kustomize reads resources and patches: empty documents are
/// dropped, lists of objects are unwrapped, the rest needs a kind and a name. The trees are the
/// build's own, and what becomes of them.
Result<std::vector<Resource*>> read_objects(Build& build, yaml::Trees trees);
/// The same with copies of a document that others need too.
Result<std::vector<Resource*>> read_objects(Build& build, const yaml::Document& document);

/// The same of a text within another file.
Result<std::vector<Resource*>> read_inline_objects(Build& build, const Text& text);

}  // namespace lockstep::kustomize
