#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_source.h"
#include "git/ref_files.h"
#include "git/repository.h"

namespace lockstep::git {

/// The `--format` of `git for-each-ref` that `parse_tags` reads. It asks for nothing that stands in
/// the objects: git reads those one by one here, and ten times as fast as a batch elsewhere.
extern const char* const tag_format;

/// What `git for-each-ref` printed: names, objects, and whether these are tags; the rest is for
/// `read_tags`. A commit stands in `commit` too. `internal` where it is not in that format.
Result<std::vector<Tag>> parse_tags(std::string_view text);

/// The same of refs that were read in files, whose names begin with "refs/tags/". Nothing where the
/// files do not say what kind of object one of them names.
std::optional<std::vector<Tag>> tags_of(ObjectSource& source, std::span<const Ref> refs);

/// Fills in what the objects say, in one round trip. `corrupt` where one is damaged or missing.
Result<void> read_tags(ObjectSource& source, std::span<Tag> tags);

/// The tags that it left out, out of its warnings: those with names that no ref may have, which git
/// takes for no tags; they have a name and nothing else. `corrupt` where it could not read another.
Result<std::vector<Tag>> parse_tag_warnings(std::string_view text);

}  // namespace lockstep::git
