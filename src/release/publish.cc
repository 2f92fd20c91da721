#include <utility>

#include "release/branch.h"
#include "release/judged.h"
#include "release/plan.h"
#include "release/published_images.h"
#include "release/record_of.h"
#include "release/steps.h"
#include "release/tag_ref.h"

namespace lockstep::release {

namespace {

/// How often the branch may move on between looking and pushing before it is left alone.
constexpr int attempts = 8;

class Publication {
  public:
    Publication(Site& site, const Entry& entry, JudgedCommit& judged)
        : site_(site), entry_(entry), judged_(judged) {}

    Result<Journal::Move> attempt(bool with_branch) {
        State state = entry_.state;
        const std::string refs[] = {tag_ref_of(state), state.branch, state.candidate};
        const git::RemoteRefs remote = TRY(site_.draft().list(refs));
        const TagRef tag = TRY(find_tag(remote, state));
        // Last look before the point of no return.
        TRY(check_published_images(site_, state));
        std::vector<git::RefUpdate> updates;
        if (tag.is_there) {
            state.tag_object = tag.object.hex();
        } else {
            state.tag_object = TRY(made_tag()).hex();
            updates.push_back({tag.ref, git::ObjectId(), object_id(state.tag_object)});
        }
        if (with_branch) TRY(add_branch(state, value_of(remote.refs, state.branch), updates));
        const git::ObjectId candidate = value_of(remote.refs, state.candidate);
        if (!candidate.is_null()) updates.push_back({state.candidate, candidate, git::ObjectId()});
        state.candidate.clear();
        state.step = Step::published;
        state = site_.stamped(std::move(state));
        return site_.journal().advance({.from = entry_,
                                        .to = state,
                                        .record = TRY(record_of(state, judged_)),
                                        .with = std::move(updates)});
    }

  private:
    Result<void> add_branch(State& state, const git::ObjectId& tip,
                            std::vector<git::RefUpdate>& updates) {
        BranchPlan plan = TRY(plan_branch(site_, state, judged_.project(), tip));
        if (plan.update) updates.push_back(std::move(*plan.update));
        state.merged = std::move(plan.merged);
        if (!plan.note.empty()) site_.note("publish", plan.note);
        return {};
    }

    /// Made once: a signature is never the same again.
    Result<git::ObjectId> made_tag() {
        if (tag_.is_null()) tag_ = TRY(write_tag(site_, entry_.state, judged_.project()));
        return tag_;
    }

    Site& site_;
    const Entry& entry_;
    JudgedCommit& judged_;
    git::ObjectId tag_;
};

}  // namespace

Result<Journal::Move> publish(Site& site, const Entry& entry) {
    const auto judged = TRY(judge_commit(site, object_id(entry.state.commit), entry.state));
    Publication publication(site, entry, *judged);
    const bool needs_branch = judged->project().release.behind == project::Release::Behind::fail;
    for (int attempt = 0;; ++attempt) {
        Journal::Move move = TRY(publication.attempt(needs_branch || attempt < attempts));
        const bool is_unmoved = move.now && move.now->id == entry.id;
        if (move.is_ours || !is_unmoved) return move;
        if (attempt > attempts)
            return fail(Error::Kind::unavailable,
                        "publishing `" + entry.state.tag + "`: " + move.reason,
                        "`lockstep release resume " + entry.state.tag + "` tries again");
        site.note("publish", "again: " + move.reason);
    }
}

}  // namespace lockstep::release
