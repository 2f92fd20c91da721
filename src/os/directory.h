#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "os/descriptor.h"

namespace lockstep::os {

/// A directory on disk as a file tree. The directory itself may be named through symlinks; below it
/// none is followed, also when the tree changes while it is read, so nothing outside is read.
///
/// Pipes, sockets and devices are absent: no tree of Git holds them, and reading one could wait for
/// ever. Entries have no ids: what a disk knows about a file does not prove its content.
class Directory : public FileTree {
  public:
    struct Options {
        /// Reading a file above this is `invalid`.
        std::size_t file_bytes_max = 32u << 20;
        /// Names that are absent wherever they stand, such as ".git" in a work tree.
        std::vector<std::string> hidden = {};
    };

    /// `not_found` where `path` is no directory.
    static Result<std::shared_ptr<const Directory>> open(const std::string& path, Options options);
    static Result<std::shared_ptr<const Directory>> open(const std::string& path) {
        return open(path, Options{});
    }

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<Found> look(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

    /// As it was given to `open`.
    const std::string& path() const { return path_; }

  private:
    struct Place;
    Directory(std::string path, Descriptor root, Options options);
    bool may_hold(std::string_view path) const;
    std::shared_ptr<const Descriptor> opened_before(std::string_view folder) const;
    Result<Place> find(std::string_view path) const;
    bool is_hidden(std::string_view name) const;

    std::string path_;
    Descriptor root_;
    Options options_;
    /// The folder that was opened last: most questions are about the neighbours of the one before.
    mutable std::mutex mutex_;
    mutable std::string last_path_;
    mutable std::shared_ptr<const Descriptor> last_;
};

}  // namespace lockstep::os
