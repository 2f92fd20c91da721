#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "git/repository.h"
#include "os/directory.h"

namespace lockstep::git {

/// A repository's work tree as `git add --all` would commit it: files that the index or nobody
/// knows, as they stand on disk, without those that ignore rules exclude (build outputs, vendored
/// copies). Submodules, and repositories that lie in the tree, are entries without content.
///
/// Which files belong to it is asked once, when it is opened; their content is read when it is
/// asked for. The index is not touched. Const use from several threads is safe.
class WorkTree : public FileTree {
  public:
    /// `not_found` for a bare repository; `unavailable` where git cannot list the files, or takes
    /// longer than a minute.
    static Result<std::shared_ptr<const WorkTree>> open(const Repository& repository);

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

  private:
    WorkTree(std::shared_ptr<const os::Directory> disk, std::string listing);
    bool is_listed(std::string_view path) const;
    bool has_files_below(std::string_view path) const;
    Kind kind_of(std::string_view path, Kind on_disk) const;

    std::shared_ptr<const os::Directory> disk_;
    std::string listing_;
    std::vector<std::string_view> paths_;  // of the listing, sorted as bytes
};

}  // namespace lockstep::git
