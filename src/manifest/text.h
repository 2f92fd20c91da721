#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

/// Reads a text that tells users what to use. Line by line, and never a Gap for what it says: prose
/// cannot be malformed.
///
/// Without `patterns` it declares
///   remote_ref     `?ref=X` of a URL, …/releases/download/X/, a manifest's or script's raw URL,
///                  links to …/tree/X, …/blob/X and …/archive/X where X reads as a version
///   image          registry/name:tag where the tag reads as a version
///   chart_version  `helm install … --version X` (also over lines joined by a backslash)
/// With `patterns`, each a literal text with one "{version}" ("?ref=v{version}"), it declares what
/// stands there, as remote_ref without a repository, and nothing else.
///
/// Where one text names three or more versions of the same thing, it lists past ones by right: only
/// the newest are declared.
Facts read_text(const FileTree& tree, std::string_view path,
                const std::vector<std::string>& patterns = {});

}  // namespace lockstep::manifest
