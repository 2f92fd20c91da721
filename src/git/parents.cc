#include "git/parents.h"

#include <algorithm>

#include "git/command.h"

namespace lockstep::git {

namespace {

/// The words of a line of `git rev-list --parents`: the commit, then its parents.
Result<std::vector<ObjectId>> read_ids(std::string_view line) {
    std::vector<ObjectId> ids;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find_first_of(" \n"), line.size());
        const auto id = ObjectId::parse(line.substr(0, end));
        if (!id) return fail(Error::Kind::internal, "git listed parents in an unknown form");
        ids.push_back(*id);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return ids;
}

Result<Parent> compared(const std::string& directory, const ObjectId& parent,
                        const ObjectId& commit) {
    const std::string paths =
        TRY(run_git({"diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff",
                     "--no-textconv", "--ignore-submodules=none", parent.hex(), commit.hex(), "--"},
                    directory));
    Parent result{.commit = parent, .changed = {}};
    std::string_view rest = paths;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\0'), rest.size());
        if (result.changed.size() == changed_max) {
            result.is_whole = false;
            break;
        }
        result.changed.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return result;
}

}  // namespace

Result<std::vector<Parent>> read_parents(const std::string& directory, const ObjectId& commit) {
    const std::string line =
        TRY(run_git({"rev-list", "--parents", "--max-count=1", commit.hex(), "--"}, directory));
    const std::vector<ObjectId> ids = TRY(read_ids(line));
    std::vector<Parent> parents;
    for (std::size_t at = 1; at < ids.size() && at <= parents_max; ++at)
        parents.push_back(TRY(compared(directory, ids[at], commit)));
    return parents;
}

}  // namespace lockstep::git
