#include "release/releaser.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace lockstep::release {

/// Either works or moves. The rows that leave a state follow each other; the last of them moves.
struct StepRow {
    Step from;
    std::string_view name;
    Result<void> (*work)(Site&, const Entry&);
    Result<Journal::Move> (*move)(Site&, const Entry&);
};

namespace {

constexpr std::array<StepRow, 7> rows = {{{Step::prepared, "build", nullptr, build},
                                          {Step::built, "verify", check, nullptr},
                                          {Step::built, "copy", copy, nullptr},
                                          {Step::built, "claim", nullptr, claim},
                                          {Step::tagging, "tag images", tag_images, nullptr},
                                          {Step::tagging, "publish", nullptr, publish},
                                          {Step::published, "record", nullptr, complete}}};

std::span<const StepRow> rows_of(Step step) {
    return std::ranges::equal_range(rows, step, {}, &StepRow::from);
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
    const auto left = rows_of(step);
    return left.empty() ? std::string_view() : left.front().name;
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
    site_->begin("prepare");
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
    const State& begun = move.now->state;
    site_->end("prepare", begun.commit.empty() ? begun.source : begun.commit);
    return run(*move.now);
}

Result<Entry> Releaser::move(const StepRow& row, const Entry& entry) {
    Journal::Move move = TRY(row.move(*site_, entry));
    if (!move.now)
        return fail(Error::Kind::conflict,
                    "the release of `" + entry.state.tag + "` was given up meanwhile",
                    "start it again, or release the next version");
    if (move.is_ours) return std::move(*move.now);
    site_->note(row.name, "another runner was faster: " + winner_of(move.now->state));
    // The chain of another runner leads to commits that only it had.
    const std::string refs[] = {record::ref_of(entry.state.tag)};
    TRY(site_->draft().fetch(refs));
    return std::move(*move.now);
}

Result<State> Releaser::run(Entry entry) {
    for (auto left = rows_of(entry.state.step); !left.empty(); left = rows_of(entry.state.step)) {
        for (const StepRow& row : left) {
            site_->begin(row.name);
            if (row.work != nullptr)
                TRY(row.work(*site_, entry));
            else
                entry = TRY(move(row, entry));
            site_->end(row.name, row.work != nullptr ? "" : to_string(entry.state.step));
        }
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
    if (!entry && TRY(abort_candidate(*site_, tag))) return Aborted{};
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
