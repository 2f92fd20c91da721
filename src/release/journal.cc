#include "release/journal.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "release/refs.h"

namespace lockstep::release {

namespace {

std::string title_of(std::span<const git::RefUpdate> updates) {
    std::string title;
    for (const git::RefUpdate& update : updates) title += (title.empty() ? "" : " ") + update.ref;
    return title;
}

}  // namespace

Result<Journal> Journal::open(git::Draft& draft, Observer& observer) {
    auto repository = TRY(git::Repository::open(draft.directory(), {.offline = true}));
    return Journal(draft, std::move(repository), observer);
}

Result<std::optional<Entry>> Journal::load(const git::ObjectId& id, const std::string& ref) {
    const git::Commit commit = TRY(repository_.resolve(id.hex()));
    const auto tree = repository_.tree(commit.tree);
    const FileTree::Found state = TRY(tree->look(state_file));
    // A record without a state was made afterwards, of a release that others published.
    if (state.bytes == nullptr) return std::nullopt;
    const std::string name = ref + ":";
    Entry entry{.id = id,
                .state = TRY(parse_state(name + std::string(state_file), *state.bytes)),
                .record = std::nullopt};
    const FileTree::Found record = TRY(tree->look(record::file_name));
    if (record.bytes != nullptr)
        entry.record = TRY(record::parse(name + std::string(record::file_name), *record.bytes));
    return entry;
}

Result<std::optional<Entry>> Journal::read(std::string_view tag) {
    const std::string ref = record::ref_of(tag);
    const std::string refs[] = {ref};
    const git::RemoteRefs listed = TRY(draft_->list(refs));
    if (!listed.refs.contains(ref)) return std::nullopt;
    const Result<void> fetched = draft_->fetch(refs);
    if (!fetched && fetched.error().kind == Error::Kind::not_found) return std::nullopt;
    if (!fetched) return std::unexpected(fetched.error());
    // What was fetched may be newer than what was listed.
    const std::optional<git::ObjectId> id = TRY(draft_->find(ref));
    if (!id) return std::nullopt;
    return load(*id, ref);
}

Result<std::vector<Entry>> Journal::list() {
    const std::string patterns[] = {std::string(record::ref_prefix) + "*"};
    const git::RemoteRefs listed = TRY(draft_->list(patterns));
    std::vector<Entry> entries;
    if (listed.refs.empty()) return entries;
    TRY(draft_->fetch(patterns));
    for (const auto& [ref, id] : listed.refs) {
        std::optional<Entry> entry = TRY(load(id, ref));
        if (entry) entries.push_back(std::move(*entry));
    }
    return entries;
}

Result<git::ObjectId> Journal::write_entry(const Change& change) {
    std::vector<git::TreeChange> files = {
        {.path = std::string(state_file), .bytes = write(change.to)}};
    const auto& record = change.record ? change.record
                         : change.from ? change.from->record
                                       : std::nullopt;
    if (record)
        files.push_back({.path = std::string(record::file_name), .bytes = record::write(*record)});
    git::NewCommit commit{.tree = TRY(draft_->write_tree(git::ObjectId(), files)),
                          .parents = {},
                          .message = change.to.tag + ": " + std::string(to_string(change.to.step)),
                          .author = {change.to.person, change.to.email, change.to.changed},
                          .committer = {change.to.person, change.to.email, change.to.changed},
                          .sign = git::Sign::never};
    if (change.from) commit.parents.push_back(change.from->id);
    if (!change.to.commit.empty()) commit.parents.push_back(object_id(change.to.commit));
    return draft_->write_commit(commit);
}

Result<git::Pushed> Journal::attempt(std::span<const git::RefUpdate> updates) {
    const Effect effect{.kind = Effect::Kind::push, .what = title_of(updates)};
    observer_->before(effect);
    Result<git::Pushed> pushed = draft_->push(updates);
    observer_->after(effect);
    return pushed;
}

Result<Journal::Move> Journal::advance(const Change& change) {
    const git::ObjectId id = TRY(write_entry(change));
    const std::string ref = record::ref_of(change.to.tag);
    std::vector<git::RefUpdate> updates = change.with;
    updates.push_back(
        {.ref = ref, .expected = change.from ? change.from->id : git::ObjectId(), .value = id});
    const Result<git::Pushed> pushed = attempt(updates);
    const bool is_accepted = pushed && pushed->outcome == git::Pushed::Outcome::accepted;
    if (is_accepted)
        return Move{.is_ours = true,
                    .now = Entry{.id = id,
                                 .state = change.to,
                                 .record = change.record ? change.record
                                           : change.from ? change.from->record
                                                         : std::nullopt},
                    .reason = {}};
    // Nobody knows, or somebody was faster: what is there decides.
    auto now = read(change.to.tag);
    if (!now) return std::unexpected(pushed ? now.error() : pushed.error());
    const bool is_ours = *now && (*now)->id == id;
    const bool is_unmoved =
        *now ? change.from && (*now)->id == change.from->id : !change.from.has_value();
    if (!pushed && is_unmoved) return std::unexpected(pushed.error());
    if (pushed && pushed->outcome == git::Pushed::Outcome::refused && is_unmoved)
        return fail(Error::Kind::denied,
                    "`" + draft_->remote_title() + "` refuses the push: " + pushed->reason,
                    "`lockstep doctor` says what a release needs to be allowed to push");
    return Move{.is_ours = is_ours,
                .now = std::move(*now),
                .reason = pushed ? pushed->reason : std::string()};
}

Result<Journal::Move> Journal::push(std::span<const git::RefUpdate> updates) {
    const Result<git::Pushed> pushed = attempt(updates);
    if (pushed && pushed->outcome == git::Pushed::Outcome::accepted)
        return Move{.is_ours = true, .now = std::nullopt, .reason = {}};
    std::vector<std::string> refs;
    for (const git::RefUpdate& update : updates) refs.push_back(update.ref);
    const auto listed = draft_->list(refs);
    if (!listed) return std::unexpected(pushed ? listed.error() : pushed.error());
    const bool is_so = std::ranges::all_of(updates, [&](const git::RefUpdate& update) {
        return value_of(listed->refs, update.ref) == update.value;
    });
    if (is_so) return Move{.is_ours = true, .now = std::nullopt, .reason = {}};
    if (!pushed) return std::unexpected(pushed.error());
    if (pushed->outcome == git::Pushed::Outcome::refused)
        return fail(Error::Kind::denied,
                    "`" + draft_->remote_title() + "` refuses the push: " + pushed->reason,
                    "`lockstep doctor` says what a release needs to be allowed to push");
    return Move{.is_ours = false, .now = std::nullopt, .reason = pushed->reason};
}

Result<Journal::Move> Journal::remove(const Entry& entry, std::vector<git::RefUpdate> with) {
    with.push_back(
        {.ref = record::ref_of(entry.state.tag), .expected = entry.id, .value = git::ObjectId()});
    return push(with);
}

}  // namespace lockstep::release
