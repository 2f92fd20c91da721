#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/repository.h"
#include "workspace/tags.h"
#include "workspace/workspace.h"

/// Which of a repository's releases are meant. A selection says of each entry of
/// SortedTags::releases whether it is in it.
namespace lockstep::workspace {

/// The releases in a range: of the component that `since` belongs to by version, of the others from
/// the same time on; of each the newest `limit`. `usage` where `since` is no release.
Result<std::vector<bool>> select(const SortedTags& sorted, const Range& range);

/// Adds releases of the product until there are enough to learn from: first those before the newest
/// that is selected, since what came before a release says most about it, then those behind it.
void add_neighbours(const SortedTags& sorted, std::vector<bool>& selected);

/// The release of the product that a commit is; nothing where it carries no tag of one, or several:
/// then only `--expect` can say which is meant.
std::optional<std::size_t> only_release_at(const git::Commit& commit, const SortedTags& sorted);

/// `error` with the release that `name` most likely meant as its hint, where one is near.
std::unexpected<Error> with_nearest(Error error, std::string_view name, const SortedTags& sorted);

}  // namespace lockstep::workspace
