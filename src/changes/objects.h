#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "changes/difference.h"
#include "changes/identity.h"
#include "yaml/node.h"

namespace lockstep::changes {

/// One object that is not as it was. Borrows both.
struct ObjectChange {
    enum class Kind : unsigned char { added, removed, changed };

    Kind kind = Kind::changed;
    Identity before_id, after_id;        // of `added` and `removed` the one that there is, twice
    const yaml::Node* before = nullptr;  // null where it was added
    const yaml::Node* after = nullptr;   // null where it was removed
    std::vector<FieldChange> fields;     // of `changed`; never empty there

    const Identity& id() const { return after_id; }
    bool is_renamed() const { return before_id.name != after_id.name; }
};

/// What differs between two sets of objects, as one render has them: first what is added or
/// changed, in the order of `after`, then what is gone, in the order of `before`. An object is the
/// same as one of its group, kind, namespace and name, whatever the version
/// (what left `extensions` is the same under its new group); of two versions of one
/// the same version counts first. A ConfigMap or Secret whose name ends in a hash of its content is
/// the same as the one that is otherwise called so, where there is one on either side.
std::vector<ObjectChange> difference(std::span<const yaml::Node* const> before,
                                     std::span<const yaml::Node* const> after);

}  // namespace lockstep::changes
