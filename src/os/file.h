#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "os/descriptor.h"

namespace lockstep::os {

/// The bytes of a file. `not_found`, `denied`; `invalid` where it is no regular file or larger than
/// `bytes_max`.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max = 32u << 20);

/// All that comes on standard input; `invalid` where that is more than `bytes_max`.
Result<std::string> read_standard_input(std::size_t bytes_max = 32u << 20);

/// Puts `bytes` at `path`, whole or not at all, also through a power cut: a temporary file beside
/// it, synced, renamed over it, its folder synced. An existing file keeps its permissions; a
/// symlink there is replaced, not followed.
Result<void> replace_file(const std::string& path, std::string_view bytes);

/// Writes a new file, without a care for power cuts. `conflict` where something is there already.
Result<void> write_file(const std::string& path, std::string_view bytes);

/// Makes a folder and those above it where they are missing, readable by its owner only.
Result<void> make_directories(const std::string& path);

/// A new empty folder below `parent`, named `prefix` and six letters, for its owner only.
Result<std::string> make_temporary_directory(const std::string& parent, std::string_view prefix);

/// Removes a file or a folder with everything in it, following no symlink. Nothing there is fine.
Result<void> remove_tree(const std::string& path);

/// Renames a folder. `conflict` where something is at `to` already.
Result<void> rename_directory(const std::string& from, const std::string& to);

bool is_directory(const std::string& path);

/// Absolute, without symlinks, "." and ".."; `not_found` where nothing is there.
Result<std::string> canonical_path(const std::string& path);

/// An exclusive lock among processes that name the same file. The file is made where it is missing
/// and stays when the lock goes; the system drops the lock with the process.
class FileLock {
  public:
    /// `unavailable` where another holds it longer than `patience`.
    static Result<FileLock> acquire(const std::string& path, std::chrono::milliseconds patience);

  private:
    explicit FileLock(Descriptor file) : file_(std::move(file)) {}
    Descriptor file_;
};

}  // namespace lockstep::os
