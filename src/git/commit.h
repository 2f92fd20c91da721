#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_source.h"
#include "git/repository.h"

namespace lockstep::git {

/// The header of a commit or a tag: it ends at the first empty line; the message may hold anything.
std::string_view header_of(std::string_view object);
/// When a person ("committer", "tagger") of a header acted, in seconds since 1970 UTC; 0 where the
/// header has none.
std::int64_t time_of(std::string_view header, std::string_view person);

/// What a commit object says. `corrupt` where it is none.
Result<Commit> parse_commit(const ObjectId& id, std::string_view bytes);

struct CommitAnswer {
    CatFile::State state = CatFile::State::missing;
    Result<Commit> commit = Commit{};  // where it was found
    std::string complaint = {};        // what git said where it is broken
};

/// The commits that these names lead to through tags; in one round trip.
Result<std::vector<CommitAnswer>> read_commits(ObjectSource& source,
                                               std::span<const std::string> names);

}  // namespace lockstep::git
