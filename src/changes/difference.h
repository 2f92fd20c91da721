#pragma once

#include <cstddef>
#include <vector>

#include "changes/path.h"
#include "kustomize/merge_keys.h"
#include "yaml/arena.h"
#include "yaml/node.h"

namespace lockstep::changes {

/// One field, or one element of a list, that is not as it was. Borrows both objects.
struct FieldChange {
    enum class Kind : unsigned char {
        added,
        removed,
        changed,
        reordered,  // a list whose elements are told by keys: they stand in another order
    };

    Kind kind = Kind::changed;
    Path path;
    const yaml::Node* before = nullptr;  // null where it was added
    const yaml::Node* after = nullptr;   // null where it was removed
    /// Of `reordered`: for each element of `after` its place in `before`, Step::none for a new one.
    std::vector<std::size_t> order = {};
};

/// What turns `before` into `after`: empty if and only if both print alike (value.h). Fields by
/// name, as bytes; the elements of a list in the order of the new one. `schema` says which lists
/// have merge keys, and may be null; see alignment.h.
std::vector<FieldChange> difference(const yaml::Node& before, const yaml::Node& after,
                                    const kustomize::Schema* schema);

/// `before` with the changes of `difference` made: it prints as `after` does. Texts are borrowed.
yaml::Node* applied(yaml::Arena& arena, const yaml::Node& before,
                    const std::vector<FieldChange>& changes);

}  // namespace lockstep::changes
