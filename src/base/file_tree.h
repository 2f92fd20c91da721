#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace lockstep {

/// The bytes of a file, shared and never changed. Two reads of one content may give the same
/// pointer.
using Blob = std::shared_ptr<const std::string>;

/// A read-only tree of files: a directory on disk, a Git tree, planned edits over either.
///
/// Paths are relative to the tree's root, separated by '/', normalised: no "." or "..", no empty
/// part, no slash at either end; "" is the root. No symlink is followed, at any part of a path: a
/// path through one is absent. Use `resolve` where links count. Nothing outside the root can be
/// named.
///
/// Const use from several threads is safe.
class FileTree {
  public:
    enum class Kind { absent, file, directory, symlink, submodule };

    struct Entry {
        std::string name;  // last part of the path
        Kind kind = Kind::absent;
        /// Names the content: equal non-empty ids mean equal content (a Git object id). Empty where
        /// unknown (disk).
        std::string id;

        bool operator==(const Entry&) const = default;
    };

    virtual ~FileTree() = default;

    /// The entry at `path`; kind `absent` is an answer, not an error. Errors: the tree itself
    /// cannot be read.
    virtual Result<Entry> stat(std::string_view path) const = 0;

    /// The bytes of a file, or the target of a symlink. `not_found` where there is neither;
    /// `invalid` above the tree's size limit for one file; `corrupt` or `unavailable` where the
    /// object is damaged or missing (partial clone).
    virtual Result<Blob> read(std::string_view path) const = 0;

    /// `stat`, and `read` where it is a file: `bytes` is null for anything else. Errors: of both.
    struct Found {
        Entry entry;
        Blob bytes;
    };
    virtual Result<Found> look(std::string_view path) const;

    /// What a directory holds, sorted by name as bytes. `not_found` where it is none.
    virtual Result<std::vector<Entry>> list(std::string_view path) const = 0;
};

/// What a path finally names, and where that is.
struct Resolved {
    std::string path;
    FileTree::Entry entry;  // of `path`; no symlink
};
/// Follows symlinks in every part of `path`; `not_found` where they lead to nothing. A link that is
/// absolute, leaves the root, or is one of a chain of more than 40 is `denied`.
Result<Resolved> resolve(const FileTree& tree, std::string_view path);

/// `path` joined to the directory `base` and normalised; `denied` where ".." leaves the root or
/// `path` is absolute.
Result<std::string> join_path(std::string_view base, std::string_view path);

/// The directory part ("" for a file at the root) and the last part of a path.
std::string_view parent_path(std::string_view path);
std::string_view file_name(std::string_view path);

}  // namespace lockstep
