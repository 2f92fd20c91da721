#include "cli/record_push.h"

#include <array>
#include <utility>

#include "base/backticks.h"
#include "base/check.h"
#include "git/draft.h"

namespace lockstep::cli {

namespace {

std::unexpected<Error> taken(const std::string& ref, const std::string& remote) {
    return fail(Error::Kind::conflict, in_backticks(remote) + " has " + in_backticks(ref) +
                                           " already, and what is recorded stays");
}

/// The remote must have the release that was recorded, and nothing where the record goes.
Result<void> check_remote(git::Draft& draft, const record::Record& record,
                          const std::array<std::string, 2>& refs) {
    const git::RemoteRefs remote = TRY(draft.list(refs));
    const auto& [tag_ref, record_ref] = refs;
    if (remote.refs.contains(record_ref)) return taken(record_ref, draft.remote_title());
    const auto tag = remote.refs.find(tag_ref);
    if (tag == remote.refs.end())
        return fail(Error::Kind::not_found,
                    in_backticks(draft.remote_title()) + " has no tag " + in_backticks(record.tag),
                    "a record is kept of what is published there: push the tag first");
    if (tag->second.hex() != record.tag_object)
        return fail(Error::Kind::conflict,
                    "tag " + in_backticks(record.tag) + " of " +
                        in_backticks(draft.remote_title()) + " is " +
                        in_backticks(tag->second.hex().substr(0, 12)) + ", and " +
                        in_backticks(record.tag_object.substr(0, 12)) + " here",
                    "one of them was moved: find out which, then `git fetch --tags --force`");
    return {};
}

Result<git::ObjectId> commit_of(git::Draft& draft, const record::Record& record) {
    const git::TreeChange change{std::string(record::file_name), record::write(record)};
    git::Person person = TRY(draft.identity());
    person.time = record.time;
    const auto parent = git::ObjectId::parse(record.commit);
    CHECK(parent.has_value());
    git::NewCommit commit;
    commit.tree = TRY(draft.write_tree(git::ObjectId(), {&change, 1}));
    commit.parents = {*parent};
    commit.message = "lockstep: the record of " + record.tag + '\n';
    commit.author = person;
    commit.committer = std::move(person);
    commit.sign = git::Sign::configured;
    return draft.write_commit(commit);
}

/// A push whose answer was lost may have happened: what is there decides.
Result<bool> is_there(git::Draft& draft, const std::string& ref, const git::ObjectId& value) {
    const std::string patterns[] = {ref};
    const git::RemoteRefs remote = TRY(draft.list(patterns));
    const auto found = remote.refs.find(ref);
    return found != remote.refs.end() && found->second == value;
}

}  // namespace

Result<PushedRecord> push_record(const record::Record& record, const std::string& directory) {
    git::Draft draft = TRY(git::Draft::open({.directory = directory}));
    const std::array<std::string, 2> refs = {"refs/tags/" + record.tag, record::ref_of(record.tag)};
    TRY(check_remote(draft, record, refs));
    TRY(draft.fetch({refs.data(), 1}));
    const git::RefUpdate update{refs[1], git::ObjectId(), TRY(commit_of(draft, record))};
    const Result<git::Pushed> pushed = draft.push({&update, 1});
    if (pushed && pushed->outcome == git::Pushed::Outcome::accepted)
        return PushedRecord{draft.remote_title()};
    if (const auto there = is_there(draft, refs[1], update.value); there && *there)
        return PushedRecord{draft.remote_title()};
    if (!pushed) return std::unexpected<Error>(pushed.error());
    if (pushed->outcome == git::Pushed::Outcome::stale) return taken(refs[1], draft.remote_title());
    return fail(Error::Kind::denied, pushed->reason);
}

}  // namespace lockstep::cli
