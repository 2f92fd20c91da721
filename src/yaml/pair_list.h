#pragma once

#include <vector>

#include "yaml/node.h"

namespace lockstep::yaml {

enum class Keep { first, last };

/// The second of two pairs with one key, the earliest in the text; null where all keys differ.
const Pair* find_duplicate(const std::vector<Pair>& pairs);

/// Leaves one pair of each key, at the place of its first.
void drop_duplicates(std::vector<Pair>& pairs, Keep keep);

}  // namespace lockstep::yaml
