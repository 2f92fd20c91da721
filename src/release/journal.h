#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/draft.h"
#include "git/repository.h"
#include "record/record.h"
#include "release/observer.h"
#include "release/state.h"

namespace lockstep::release {

/// A state as the remote holds it.
struct Entry {
    git::ObjectId id;  // of its commit
    State state;
    std::optional<record::Record> record;  // from `published` on
};

/// The states of releases, in refs of the remote: refs/lockstep/releases/<tag> names a chain of
/// commits whose trees hold `release.json` and, once published, `record.json`. The first parent is
/// the state before, another one the commit that the release is, which is so kept from collection.
///
/// There is no lock: every move is a compare-and-swap by the remote. Borrows the draft and the
/// observer.
class Journal {
  public:
    static Result<Journal> open(git::Draft& draft, Observer& observer);

    /// The state of a release now; nothing where none was begun.
    Result<std::optional<Entry>> read(std::string_view tag);
    /// Of all releases that have a state, by tag. Those that only have a record are left out.
    Result<std::vector<Entry>> list();

    /// What became of a move.
    struct Move {
        bool is_ours = false;
        std::optional<Entry> now;  // what the remote has: our state, or that of who was faster
        std::string reason;        // why it is not ours, for people
    };
    struct Change {
        std::optional<Entry> from;  // nothing: the release begins
        State to;
        std::optional<record::Record> record = std::nullopt;
        std::vector<git::RefUpdate> with = {};  // moved in the same push
    };
    /// Moves a release on, all of it or nothing. Whatever the remote replied, or did not: what it
    /// holds afterwards decides. `denied` where it refuses; `unavailable` where it cannot be asked.
    Result<Move> advance(const Change& change);

    /// Pushes refs that belong to no move (`Move::now` stays empty). A push that changes nothing
    /// because everything is already so is ours.
    Result<Move> push(std::span<const git::RefUpdate> updates);
    /// Ends a release without a trace: its ref goes, with those of `with`.
    Result<Move> remove(const Entry& entry, std::vector<git::RefUpdate> with);

    git::Draft& draft() { return *draft_; }
    git::Repository& repository() { return repository_; }

  private:
    Journal(git::Draft& draft, git::Repository repository, Observer& observer)
        : draft_(&draft), repository_(std::move(repository)), observer_(&observer) {}
    Result<std::optional<Entry>> load(const git::ObjectId& id, const std::string& ref);
    Result<git::ObjectId> write_entry(const Change& change);
    Result<git::Pushed> attempt(std::span<const git::RefUpdate> updates);

    git::Draft* draft_;
    git::Repository repository_;
    Observer* observer_;
};

}  // namespace lockstep::release
