#include <algorithm>
#include <utility>

#include "release/aliases.h"
#include "release/branch.h"
#include "release/plan.h"
#include "release/steps.h"
#include "release/tag_ref.h"

namespace lockstep::release {

namespace {

constexpr int attempts = 8;

/// What a release leaves in the remote.
Result<git::RemoteRefs> look(Site& site, const State& state, const project::Project& project) {
    const std::string refs[] = {tag_ref_of(state), state.branch, candidate_of(state.tag, project)};
    return site.draft().list(refs);
}

/// The tag must be visible. Where a push came apart on the server it may not be, although the state
/// says so; it is the only point that counts.
Result<git::ObjectId> ensure_tag(Site& site, const State& state, const project::Project& project,
                                 git::RemoteRefs remote) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (attempt > 0) remote = TRY(look(site, state, project));
        const TagRef tag = TRY(find_tag(remote, state));
        if (tag.is_there) return tag.object;
        const git::RefUpdate update{tag.ref, git::ObjectId(), TRY(write_tag(site, state, project))};
        const Journal::Move move = TRY(site.journal().push({&update, 1}));
        if (move.is_ours) return update.value;
    }
    return fail(Error::Kind::unavailable, "tag `" + state.tag + "` cannot be pushed",
                "`lockstep release resume " + state.tag + "` tries again");
}

/// The branch gets the commit, unless it has it; the candidate goes.
Result<void> ensure_branch(Site& site, State& state, const project::Project& project,
                           git::RemoteRefs remote) {
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (attempt > 0) remote = TRY(look(site, state, project));
        const auto tip = remote.refs.find(state.branch);
        Result<BranchPlan> plan = plan_branch(
            site, state, project, tip == remote.refs.end() ? git::ObjectId() : tip->second);
        if (!plan && plan.error().kind != Error::Kind::conflict)
            return std::unexpected(plan.error());
        if (!plan || !plan->note.empty())
            site.note("record", plan ? plan->note : plan.error().message);
        state.merged = plan ? plan->merged : std::string();
        if (!plan || !plan->update) return {};
        const Result<Journal::Move> move = site.journal().push({&*plan->update, 1});
        if (move && move->is_ours) return {};
        // A branch that takes no pushes keeps nobody from what is published.
        state.merged.clear();
        if (!move && move.error().kind == Error::Kind::denied) {
            site.note("record", move.error().message);
            return {};
        }
        if (!move) return std::unexpected(move.error());
    }
    return {};
}

Result<void> remove_candidate(Site& site, const State& state, const project::Project& project,
                              const git::RemoteRefs& remote) {
    const std::string ref = candidate_of(state.tag, project);
    const auto found = remote.refs.find(ref);
    if (found == remote.refs.end()) return {};
    const git::RefUpdate update{ref, found->second, git::ObjectId()};
    TRY(site.journal().push({&update, 1}));
    return {};
}

}  // namespace

Result<Journal::Move> complete(Site& site, const Entry& entry) {
    State state = entry.state;
    const project::Project& project = TRY(site.project_at(object_id(state.source)));
    // One look for all: whatever it has missed, a push that expects it comes to nothing.
    const git::RemoteRefs remote = TRY(look(site, state, project));
    std::optional<record::Record> record = entry.record;
    state.tag_object = TRY(ensure_tag(site, state, project, remote)).hex();
    if (record) record->tag_object = state.tag_object;
    TRY(ensure_branch(site, state, project, remote));
    TRY(remove_candidate(site, state, project, remote));
    TRY(move_aliases(site, state, project));
    state.step = Step::recorded;
    return site.journal().advance(
        {.from = entry, .to = site.stamped(std::move(state)), .record = std::move(record)});
}

}  // namespace lockstep::release
