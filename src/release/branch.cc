#include "release/branch.h"

#include <utility>
#include <vector>

#include "release/plan.h"

namespace lockstep::release {

namespace {

/// The merge of M into `tip`; null where they conflict.
Result<git::ObjectId> merge_commit(Site& site, const State& state, const project::Project& project,
                                   const git::ObjectId& tip) {
    const git::ObjectId commit = object_id(state.commit);
    const auto tree = TRY(site.draft().merge(tip, commit));
    if (!tree) return git::ObjectId();
    const git::Person person{state.person, state.email, site.setting().now()};
    return site.draft().write_commit({.tree = *tree,
                                      .parents = {tip, commit},
                                      .message = "Merge " + state.tag + '\n',
                                      .author = person,
                                      .committer = person,
                                      .sign = signing(project)});
}

}  // namespace

Result<BranchPlan> plan_branch(Site& site, const State& state, const project::Project& project,
                               const git::ObjectId& tip) {
    const git::ObjectId commit = object_id(state.commit);
    const std::string name = '`' + state.branch + '`';
    if (tip.is_null()) return BranchPlan{{}, {}, name + " is not there any more"};
    if (tip == commit) return BranchPlan{{}, state.commit, {}};
    if (tip == object_id(state.source))
        return BranchPlan{git::RefUpdate{state.branch, tip, commit}, state.commit, {}};
    TRY(site.draft().fetch(std::vector<std::string>{state.branch}));
    if (TRY(site.draft().is_ancestor(commit, tip))) return BranchPlan{{}, tip.hex(), {}};
    using Behind = project::Release::Behind;
    const std::string moved = name + " has moved on since the release began";
    if (project.release.behind == Behind::tag_only)
        return BranchPlan{{}, {}, moved + ", and is left alone: merge " + state.tag + " into it"};
    if (project.release.behind == Behind::fail)
        return fail(Error::Kind::conflict, moved,
                    "lockstep.yaml wants the release to fail then (release.behind); `lockstep "
                    "release abort " +
                        state.tag + "` gives it up");
    const git::ObjectId merged = TRY(merge_commit(site, state, project, tip));
    if (merged.is_null())
        return BranchPlan{
            {}, {}, moved + ", and a merge conflicts: merge " + state.tag + " into it by hand"};
    return BranchPlan{git::RefUpdate{state.branch, tip, merged}, merged.hex(), {}};
}

Result<void> require_unmoved(Site& site, const State& state, const project::Project& project) {
    if (project.release.behind != project::Release::Behind::fail) return {};
    const std::string refs[] = {state.branch};
    const git::RemoteRefs remote = TRY(site.draft().list(refs));
    const auto tip = remote.refs.find(state.branch);
    TRY(plan_branch(site, state, project,
                    tip == remote.refs.end() ? git::ObjectId() : tip->second));
    return {};
}

}  // namespace lockstep::release
