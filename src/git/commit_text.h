#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "git/repository.h"

namespace lockstep::git {

/// What people are told of a commit.
struct CommitText {
    std::string author;     // the name; whoever made the commit wrote it
    std::int64_t time = 0;  // the author's, in seconds since 1970 UTC
    std::string subject;    // the first line of the message

    bool operator==(const CommitText&) const = default;
};

/// Of the bytes of a commit object; what is missing is empty.
CommitText parse_commit_text(std::string_view bytes);
Result<CommitText> read_commit_text(const Repository& repository, const ObjectId& commit);

/// The tags that have `commit` in their history, by name. In a shallow clone those that can be
/// told.
Result<std::vector<std::string>> tags_containing(const Repository& repository,
                                                 const ObjectId& commit);

}  // namespace lockstep::git
