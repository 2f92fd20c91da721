#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"

namespace lockstep::git {

struct Ref {
    std::string name;  // in full: "refs/tags/v1.0.0"
    ObjectId object;   // what it names itself

    bool operator==(const Ref&) const = default;
};

/// Whether every git takes this for the name of a ref, in full (git-check-ref-format(1)).
bool is_ref_name(std::string_view name);

/// The refs in a file `packed-refs` whose names begin with `prefix`, in its order. Nothing where a
/// line of these is in no form that git writes; `id_bytes` is 20 or 32.
std::optional<std::vector<Ref>> parse_packed_refs(std::string_view text, std::string_view prefix,
                                                  std::size_t id_bytes);

/// The refs below `prefix` ("refs/tags/") in the files of a repository, sorted by name. Nothing
/// where git must be asked: one is symbolic, damaged or of a name that no ref may have, or went
/// away meanwhile. `directory` is the one that all work trees share, and the prefix not of those
/// that each has for itself.
std::optional<std::vector<Ref>> read_refs(const std::string& directory, std::string_view prefix,
                                          std::size_t id_bytes);

/// What HEAD in `git_directory` leads to, itself or by way of a branch in `common_directory`; null
/// where it names none, as in a repository without commits. Nothing where git must be asked.
std::optional<ObjectId> read_head(const std::string& git_directory,
                                  const std::string& common_directory, std::size_t id_bytes);

/// The tag that `revision` means, where it is the name of one and nothing that git looks for before
/// tags has that name. Nothing where git must be asked.
std::optional<ObjectId> read_tag(std::string_view revision, const std::string& git_directory,
                                 const std::string& common_directory, std::size_t id_bytes);

}  // namespace lockstep::git
