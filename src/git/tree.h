#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
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
    using Folder = std::shared_ptr<const TreeObject>;
    struct HashText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };

    Result<Folder> folder(std::string_view path) const;
    Result<Folder> find_folder(std::string_view path) const;

    std::shared_ptr<ObjectReader> reader_;
    ObjectId root_;
    /// Folders by path, null where there is none: a reading asks many questions about few folders.
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, Folder, HashText, std::equal_to<>> folders_;
};

}  // namespace lockstep::git
