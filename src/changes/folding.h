#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "changes/objects.h"
#include "changes/upgrade.h"

namespace lockstep::changes {

/// Names that ConfigMaps and Secrets had before their content changed, and those they have now.
using Renamed = std::set<std::pair<std::string, std::string>>;

/// Why a field of a changed object says nothing new; `none` where it does.
Fold fold_of(const FieldChange& field, const Renamed& renamed);

/// Whether it is the image of a container that changed.
bool is_image(const Field& field);

/// Folds each image's step from one reference to another but for the first time it is seen.
void fold_repeated_images(std::vector<Change>& changes);

}  // namespace lockstep::changes
