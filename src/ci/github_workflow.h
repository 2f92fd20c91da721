#pragma once

#include <string>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "ci/pipeline.h"

namespace lockstep::ci {

/// Reads a workflow of GitHub Actions: when it starts, and its steps. `invalid` with a place: no
/// YAML, no mapping, no `on`, or over 1 MiB, 50,000 values, 10,000 steps.
///
/// Steps are those of the file itself: actions and workflows that it calls are steps with `uses`.
/// Matrices and expressions are not expanded.
Result<Pipeline> parse_github_workflow(const std::string& path, Blob text, const Refs& refs);

/// The steps of a composite action ("action.yml"); an action of another kind is one step that
/// `uses` its own path, which nobody looks into.
Result<std::vector<Step>> parse_github_action(const std::string& path, Blob text, const Refs& refs);

}  // namespace lockstep::ci
