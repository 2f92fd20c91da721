#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "git/object_reader.h"

namespace lockstep::git {

/// A tree object and everything below it as files. Entry ids are object ids in raw bytes, of
/// submodules the commit's. Files of a submodule are in another repository: the submodule is an
/// entry, what would be below it is absent. Thread-safe.
class Tree : public FileTree {
  public:
    Tree(std::shared_ptr<ObjectReader> reader, ObjectId root)
        : reader_(std::move(reader)), root_(root) {}

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

  private:
    std::shared_ptr<ObjectReader> reader_;
    ObjectId root_;
};

}  // namespace lockstep::git
