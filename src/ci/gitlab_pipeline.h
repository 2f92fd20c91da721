#pragma once

#include <string>

#include "base/file_tree.h"
#include "base/result.h"
#include "ci/pipeline.h"

namespace lockstep::ci {

/// Reads a .gitlab-ci.yml: each script of each job is a step; `extends` within the file, `default`
/// and `workflow: rules` are followed, what it includes or triggers is `elsewhere`. Release events
/// start nothing on GitLab. `invalid` with a place, and the limits, as of a GitHub workflow.
Result<Pipeline> parse_gitlab_pipeline(const std::string& path, Blob text, const Refs& refs);

}  // namespace lockstep::ci
