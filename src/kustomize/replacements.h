#pragma once

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/loader.h"
#include "kustomize/resource.h"
#include "yaml/node.h"

namespace lockstep::kustomize {

/// `replacements`: copies values between objects. `entries` is the field as written, inline entries
/// or paths of files that hold them; null where there is none.
///
/// A source selects just one object, a target may select none; a field has to be there unless it is
/// created. A scalar that was there keeps its type and quotes, and has the mark of the value that
/// was copied.
///
/// A path may go on into the JSON of a text, which is then written anew.
///
/// Errors: `invalid` at the entry; `unsupported` where a path goes on into the YAML of a text, or a
/// value does not fit the type of the field.
Result<void> apply_replacements(Build& build, const Loader& loader, const yaml::Node* entries,
                                Resources& objects);

}  // namespace lockstep::kustomize
