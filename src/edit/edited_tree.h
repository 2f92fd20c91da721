#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "edit/edit.h"

namespace lockstep::edit {

/// A tree as it is with some files edited: they read as edited, all else as in `base`. What is
/// edited, and every folder above it, has no id: nothing that was read of the old content counts
/// for it.
class EditedTree : public FileTree {
  public:
    EditedTree(std::shared_ptr<const FileTree> base, const std::vector<FileEdit>& files);

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

  private:
    bool is_touched(std::string_view path) const;

    std::shared_ptr<const FileTree> base_;
    std::map<std::string, Blob, std::less<>> files_;
    std::set<std::string, std::less<>> folders_;  // that hold one of them, at any depth
};

}  // namespace lockstep::edit
