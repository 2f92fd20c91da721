#pragma once

#include <string_view>

#include "base/result.h"
#include "kustomize/resource.h"

/// The annotations by which kustomize keeps notes on objects while it builds. Here they are members
/// of `Resource`; an object that was read may bear them all the same, and they count.
namespace lockstep::kustomize {

/// Whether an annotation is such a note, which is removed at the end.
bool is_internal_note(std::string_view name);

/// Takes the notes of an object that was read: former ids, prefixes, suffixes, and whether its name
/// gets a hash.
///
/// Errors: `unsupported` for the others; `invalid` where the former names, namespaces and kinds are
/// not as many.
Result<void> take_internal_notes(Resource& object);

}  // namespace lockstep::kustomize
