#pragma once

#include <vector>

#include "changes/objects.h"
#include "changes/upgrade.h"

namespace lockstep::changes {

/// Why a field of a changed object says nothing new; `none` where it does. `renamed`: the
/// ConfigMaps and Secrets of the same set whose hashed name changed.
Fold fold_of(const ObjectChange& object, const FieldChange& field,
             const std::vector<const ObjectChange*>& renamed);

/// Folds each image's step from one reference to another but for the first time it is seen.
void fold_repeated_images(std::vector<Change>& changes);

}  // namespace lockstep::changes
