#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace lockstep::git {

/// The `--format` of `git for-each-ref` that `parse_tags` reads.
extern const char* const tag_format;

struct TagList {
    std::vector<Tag> tags;  // sorted by name
    /// Numbers of the tags that name another tag: their commit is still to be found.
    std::vector<std::size_t> nested;
};

/// What `git for-each-ref` printed. `internal` where it is not in that format.
Result<TagList> parse_tags(std::string_view text);

/// The tags that it left out, out of its warnings: those with names that no ref may have, which git
/// takes for no tags; they have a name and nothing else. `corrupt` where it could not read another.
Result<std::vector<Tag>> parse_tag_warnings(std::string_view text);

}  // namespace lockstep::git
