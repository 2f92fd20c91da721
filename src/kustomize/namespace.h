#pragma once

#include <span>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"

namespace lockstep::kustomize {

struct NamespaceChange {
    /// Which subjects of role bindings are set.
    enum class Subjects { named_default, service_accounts, none };

    Text space;
    std::span<const FieldSpec> specs;
    bool unset_only = false;  // fields that hold a namespace keep it
    Subjects subjects = Subjects::named_default;
};

/// Puts every object that is not certainly cluster-scoped into the namespace, and sets it at the
/// other fields of `specs` (those called `metadata/name` only in core objects) and in subjects of
/// role bindings. `invalid` where two objects become one.
Result<void> apply_namespace(Build& build, Resources& objects, const NamespaceChange& change);

/// The same for one object, which does not remember what it was called before.
Result<void> set_namespace(Build& build, Resource& object, const NamespaceChange& change);

}  // namespace lockstep::kustomize
