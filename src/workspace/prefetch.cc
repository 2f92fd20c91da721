#include "workspace/prefetch.h"

#include <string>
#include <unordered_set>
#include <vector>

#include "manifest/path_kinds.h"
#include "workspace/tree_reader.h"

namespace lockstep::workspace {

namespace {

struct Directory {
    git::ObjectId id;
    std::string path;
};

/// Two places of one object are one read: what is known is not asked again.
class Frontier {
  public:
    bool is_new(const git::ObjectId& id) { return seen_.insert(id).second; }

  private:
    std::unordered_set<git::ObjectId, git::HashObjectId> seen_;
};

std::vector<git::ObjectId> ids_of(const std::vector<Directory>& directories) {
    std::vector<git::ObjectId> ids;
    ids.reserve(directories.size());
    for (const Directory& directory : directories) ids.push_back(directory.id);
    return ids;
}

}  // namespace

Result<std::vector<git::ObjectId>> prefetch_directories(git::Repository& repository,
                                                        std::span<const git::ObjectId> trees) {
    Frontier frontier;
    std::vector<Directory> level;
    std::vector<git::ObjectId> kustomizations, files;
    for (const git::ObjectId& tree : trees)
        if (frontier.is_new(tree)) level.push_back({tree, ""});
    while (!level.empty()) {
        TRY(repository.prefetch(ids_of(level)));
        std::vector<Directory> next;
        for (const Directory& directory : level) {
            const auto entries = repository.tree(directory.id)->list("");
            if (!entries) continue;  // said where the tree is read
            for (const FileTree::Entry& entry : *entries) {
                const auto id = git::ObjectId::from_bytes(entry.id);
                if (!id) continue;
                std::string path =
                    directory.path.empty() ? entry.name : directory.path + '/' + entry.name;
                if (entry.kind == FileTree::Kind::directory) {
                    if (!manifest::is_skipped_directory(entry.name) && frontier.is_new(*id))
                        next.push_back({*id, std::move(path)});
                } else if (entry.kind == FileTree::Kind::file && TreeReader::is_candidate(path) &&
                           frontier.is_new(*id)) {
                    (manifest::is_kustomization_name(entry.name) ? kustomizations : files)
                        .push_back(*id);
                }
            }
        }
        level = std::move(next);
    }
    kustomizations.insert(kustomizations.end(), files.begin(), files.end());
    return kustomizations;
}

}  // namespace lockstep::workspace
