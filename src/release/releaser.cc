#include "release/releaser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lockstep::release {

namespace {

struct StepRow {
    Step from;
    std::string_view name;
    Result<Journal::Move> (*act)(Site&, const Entry&);
};

constexpr std::array<StepRow, 7> rows = {{{Step::prepared, "build", build},
                                          {Step::built, "verify", check},
                                          {Step::verified, "copy", copy},
                                          {Step::copied, "claim", begin_tagging},
                                          {Step::tagging, "tag images", tag_images},
                                          {Step::tagged, "publish", publish},
                                          {Step::published, "record", complete}}};

const StepRow* row_of(Step step) {
    const auto* const row = std::ranges::find(rows, step, &StepRow::from);
    return row == rows.end() ? nullptr : row;
}

std::unexpected<Error> not_begun(const std::string& tag) {
    return fail(
        Error::Kind::not_found, "no release of `" + tag + "` was begun",
        "`lockstep release list` shows those that were; `lockstep release start` begins one");
}

std::string winner_of(const State& state) {
    return '`' + state.tag + "` of commit " + (state.commit.empty() ? state.source : state.commit) +
           ", " + std::string(to_string(state.step)) + " by " + state.runner;
}

/// A release that came to an end that is not the one that was wanted.
Result<void> check_open(const State& state) {
    if (state.step == Step::burned)
        return fail(Error::Kind::conflict, '`' + state.tag + "` is spent: " + state.reason,
                    "release the next version");
    if (state.step == Step::aborting)
        return fail(Error::Kind::conflict, "the release of `" + state.tag + "` is being given up",
                    "`lockstep release abort " + state.tag + "` completes that");
    return {};
}

}  // namespace

std::string_view next_step(Step step) {
    const StepRow* const row = row_of(step);
    return row == nullptr ? std::string_view() : row->name;
}

Result<Releaser> Releaser::open(const Setting& setting, const std::string& remote) {
    return Releaser(TRY(Site::open(setting, remote)));
}

const std::string& Releaser::remote() const {
    return site_->draft().remote_title();
}

Result<Plan> Releaser::plan(const Request& request) {
    return make_plan(*site_, request);
}

Result<State> Releaser::start(const Plan& plan) {
    if (plan.begun) return run(*plan.begun);
    site_->observer().on({.kind = Event::Kind::step_begins, .step = "prepare", .detail = {}});
    const Journal::Move move = TRY(prepare(*site_, plan));
    if (!move.now)
        return fail(Error::Kind::conflict,
                    "the release of `" + plan.state.tag + "` cannot begin: " + move.reason,
                    "`lockstep release status " + plan.state.tag + "` shows what is there");
    if (!move.is_ours) {
        // The same release, begun by another runner of it: two do no harm.
        if (move.now->state.source != plan.state.source)
            return fail(Error::Kind::conflict, "another release won: " + winner_of(move.now->state),
                        "`lockstep release status " + plan.state.tag + "` shows it");
        site_->note("prepare", "another runner began it: " + winner_of(move.now->state));
    }
    site_->observer().on({.kind = Event::Kind::step_ends,
                          .step = "prepare",
                          .detail = move.now->state.commit.empty() ? move.now->state.source
                                                                   : move.now->state.commit});
    return run(*move.now);
}

Result<State> Releaser::run(Entry entry) {
    // What an earlier runner made must be here before it is worked with.
    const std::string refs[] = {record::ref_of(entry.state.tag)};
    while (const StepRow* const row = row_of(entry.state.step)) {
        TRY(check_open(entry.state));
        site_->observer().on(
            {.kind = Event::Kind::step_begins, .step = std::string(row->name), .detail = {}});
        Journal::Move move = TRY(row->act(*site_, entry));
        if (!move.now)
            return fail(Error::Kind::conflict,
                        "the release of `" + entry.state.tag + "` was given up meanwhile",
                        "start it again, or release the next version");
        if (!move.is_ours)
            site_->note(row->name, "another runner was faster: " + winner_of(move.now->state));
        site_->observer().on({.kind = Event::Kind::step_ends,
                              .step = std::string(row->name),
                              .detail = std::string(to_string(move.now->state.step))});
        // The chain of another runner leads to commits that only it had.
        if (!move.is_ours) TRY(site_->draft().fetch(refs));
        entry = std::move(*move.now);
    }
    TRY(check_open(entry.state));
    return entry.state;
}

Result<State> Releaser::resume(const std::string& tag) {
    const std::optional<Entry> entry = TRY(status(tag));
    if (!entry) return not_begun(tag);
    // Everything that steps read: tags and branches as they are now.
    TRY(site_->draft().fetch(std::vector<std::string>{"refs/tags/*", "refs/heads/*"}));
    return run(*entry);
}

Result<Aborted> Releaser::abort(const std::string& tag) {
    const std::optional<Entry> entry = TRY(status(tag));
    if (!entry) return not_begun(tag);
    return release::abort(*site_, *entry);
}

Result<std::optional<Entry>> Releaser::status(const std::string& tag) {
    return site_->journal().read(tag);
}

Result<std::vector<Entry>> Releaser::list() {
    return site_->journal().list();
}

}  // namespace lockstep::release
