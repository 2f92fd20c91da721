#pragma once

#include <string>
#include <vector>

#include "base/file_tree.h"
#include "ci/read_pipelines.h"
#include "project/project.h"
#include "release/doctor.h"

/// Whether the project's CI would work against a release, or not for it.
namespace lockstep::release {

/// What CI does when the next release is made.
struct PipelineSight {
    ci::Refs refs;                  // the tag, and the branch that it is made from
    Result<ci::Pipelines> for_tag;  // with these refs
    std::string candidate;          // the ref that CI would build from
    /// The same with the candidate as the branch; as `for_tag` where it is no branch.
    Result<ci::Pipelines> for_candidate;
};
PipelineSight look_at_pipelines(const FileTree& tree, const ci::Refs& refs,
                                const std::string& candidate);

/// In this order: pushes of a second digest, builds by CI, tokens, tests of managed files.
std::vector<Check> judge_pipelines(const PipelineSight& sight, const project::Project& project);

Check judge_second_digest(const ci::Pipelines& pipelines, const ci::Refs& refs);
Check judge_external_build(const PipelineSight& sight, const project::Project& project);
Check judge_token(const ci::Pipelines& pipelines, const project::Project& project);
Check judge_tests(const ci::Pipelines& pipelines);

}  // namespace lockstep::release
