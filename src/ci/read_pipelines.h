#pragma once

#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "ci/pipeline.h"

namespace lockstep::ci {

struct Pipelines {
    std::vector<Pipeline> all;
    std::vector<Error> unread;  // files that nobody can say anything about, and why
};

/// The workflows and pipelines of a tree: .github/workflows/*.yml and *.yaml, .gitlab-ci.yml. What
/// a step calls in the tree itself (`uses: ./…`) stands behind it as steps of its own; what it
/// calls elsewhere stays a step with `uses`. Errors: the tree cannot be read.
Result<Pipelines> read_pipelines(const FileTree& tree, const Refs& refs);

}  // namespace lockstep::ci
