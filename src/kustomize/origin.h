#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::kustomize {

/// Where a file lies as kustomize notes it: as written on the way from where the build starts, or
/// from the root of a remote repository.
struct Origin {
    std::string path;             // without "."; with ".." only in front
    std::string repository = {};  // as git clones it; empty: where the build starts
    std::string ref = {};         // as the URL says it; empty: none

    /// The file or directory at `path` from here.
    Origin joined(std::string_view path) const;
};

/// A directory of a remote repository. kustomize has a name of its own for the root ("").
Origin remote_origin(std::string repository, std::string ref, std::string_view path);

/// A single file over http or https, that an object at `from` names. kustomize takes the first two
/// parts of the URL's path for a repository; a URL with fewer for a path. `unsupported` for URLs
/// with a user or a query.
Result<Origin> file_origin(const Origin& from, std::string_view url);

}  // namespace lockstep::kustomize
