#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "os/subprocess.h"

namespace lockstep::git {

/// Where a repository is and what kind it is of, as git itself sees it from a folder.
struct Location {
    std::string git_directory;     // .git, a linked worktree's own, or the bare repository
    std::string common_directory;  // the one that holds objects and refs
    std::string object_format;     // "sha1" or "sha256"
    std::string prefix;            // of the folder below the work tree, without a slash at its end
    std::optional<std::string> work_tree;
    bool is_shallow = false;
    bool is_partial = false;  // it holds packs that a promisor remote completes
};

/// Asks git where the repository is. `not_found` where `directory` is no folder.
Result<os::Running> start_locating(const std::string& directory);
/// `not_found` where `directory` is in no repository, `denied` where git does not trust its owner.
Result<Location> read_location(const os::Captured& answer, const std::string& directory);

/// URL of remote `origin` or of the only remote, as configured; empty where there is none.
os::Command ask_remote_url(const std::string& directory);
Result<std::string> read_remote_url(const os::Captured& answer, const std::string& directory);

/// The same of the listing alone ("remote.NAME.url\nVALUE\0" for each).
std::string choose_remote_url(std::string_view listing);

/// Whether a repository holds packs that a promisor remote completes.
bool has_promisor_packs(const std::string& common_directory);

/// An empty repository in a temporary folder that borrows the objects of another one: git reads
/// them there without any of the other's configuration. Gone with this object.
class ObjectsOnly {
  public:
    static Result<std::shared_ptr<const ObjectsOnly>> make(const Location& location);
    ObjectsOnly(const ObjectsOnly&) = delete;
    ObjectsOnly& operator=(const ObjectsOnly&) = delete;
    ~ObjectsOnly();

    os::Command cat_file() const;

  private:
    ObjectsOnly(std::string directory, std::string objects)
        : directory_(std::move(directory)), objects_(std::move(objects)) {}
    std::string directory_;
    std::string objects_;
};

}  // namespace lockstep::git
