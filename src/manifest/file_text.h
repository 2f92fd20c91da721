#pragma once

#include <cstddef>
#include <string_view>

#include "base/file_tree.h"
#include "base/result.h"

namespace lockstep::manifest {

/// A larger file is no manifest that a person keeps, and is not read.
inline constexpr std::size_t file_limit = 8u << 20;

/// The bytes of `path`; `invalid` above `file_limit`. Every error has its place.
Result<Blob> read_file(const FileTree& tree, std::string_view path);

}  // namespace lockstep::manifest
