#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "git/draft.h"
#include "project/project.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// How the branch comes to have the release's commit.
struct BranchPlan {
    std::optional<git::RefUpdate> update;  // nothing: it stays as it is
    std::string merged;  // the commit by which it then has M; empty: it does not have it
    std::string note;    // why it does not, for people; may be empty
};

/// `tip`: what the branch is at now, null where it is gone. Where it has moved on since the release
/// began, M is merged into it as the project says; a conflict leaves it as it is. An error of kind
/// `conflict` where the project says that a release fails then.
Result<BranchPlan> plan_branch(Site& site, const State& state, const project::Project& project,
                               const git::ObjectId& tip);

/// `conflict` where the project says that a release fails once its branch has moved on, and the
/// remote's has. Asked before anything is published, when failing spends no version yet.
Result<void> require_unmoved(Site& site, const State& state, const project::Project& project);

}  // namespace lockstep::release
