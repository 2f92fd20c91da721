#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"

namespace lockstep::testing {

/// A file tree written down in a test: path → text. Directories are implied. A text "-> target"
/// given by `link` is a symlink.
class MemoryTree : public FileTree {
  public:
    MemoryTree() = default;
    MemoryTree(std::initializer_list<std::pair<const std::string, std::string>> files);

    void write(std::string path, std::string text);
    void link(std::string path, std::string target);

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

  private:
    struct File {
        Blob text;
        bool is_link = false;
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace lockstep::testing
