#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace lockstep::git {

/// A parent of a commit, and the paths that differ between the two.
struct Parent {
    ObjectId commit;
    std::vector<std::string> changed;  // sorted by bytes; at most `changed_max`
    bool is_whole = true;              // false: more differ
};
inline constexpr std::size_t changed_max = 1'000;
inline constexpr std::size_t parents_max = 8;

/// The parents of a commit, the first `parents_max`, read by git in `directory`. Renames are two
/// paths; a mode that changes counts. `corrupt` where an object cannot be read, `unavailable` where
/// a partial clone does not hold it: nothing is fetched.
Result<std::vector<Parent>> read_parents(const std::string& directory, const ObjectId& commit);

}  // namespace lockstep::git
