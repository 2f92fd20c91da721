#pragma once

#include <cstddef>
#include <string>

#include "base/file_tree.h"
#include "base/result.h"

namespace lockstep::os {

struct WriteTreeOptions {
    /// The part of the tree to write; links are kept of a whole tree only.
    std::string directory = {};
    bool links = true;
    // Limits; over one it is `invalid`.
    std::size_t files_max = 200'000;
    std::size_t bytes_max = std::size_t{1} << 30;
};

/// Writes the files of a tree below the folder `to`, which is made where it is missing. Symlinks
/// stay links; those that lead out of the tree are left out, so that no reader leaves it either.
/// Left out are also submodules, of which a tree has no files, and what is named `.git`.
///
/// `conflict` where something is in the way; what was written by then stays.
Result<void> write_tree(const FileTree& tree, const std::string& to,
                        const WriteTreeOptions& options = {});

}  // namespace lockstep::os
