#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "git/object_id.h"

namespace lockstep::git {

/// Refs by full name ("refs/tags/v1.2.0").
using Refs = std::map<std::string, ObjectId, std::less<>>;

struct RemoteRefs {
    Refs refs;         // what each names itself: of an annotated tag the tag object
    Refs peeled;       // of annotated tags: what they lead to
    std::string head;  // the default branch, "refs/heads/main"; empty where it has none
};

/// One ref of a push, as a compare-and-swap.
struct RefUpdate {
    std::string ref;    // in full
    ObjectId expected;  // what the remote must have now; null: no such ref
    ObjectId value;     // what it shall have; null: no such ref. The same as `expected`: it must
                        // still be so as the push begins, and nobody locks it meanwhile

    bool operator==(const RefUpdate&) const = default;
};

/// What a remote answered to a push: all of it or nothing was taken.
struct Pushed {
    enum class Outcome : std::uint8_t {
        accepted,
        stale,    // a ref is no longer what was expected: somebody else was there. Also where it
                  // has the new value already: then it was not this push that made it so
        refused,  // the remote does not want it: a protected ref, a hook
    };
    Outcome outcome = Outcome::accepted;
    std::string reason;  // of what was not accepted, for people: names the ref
};

/// A file of a new tree, byte for byte (no line ends are changed, no filter runs). Its mode stays;
/// a new file is a plain one.
struct TreeChange {
    std::string path;
    std::optional<std::string> bytes;  // nothing: the file goes
};

struct Person {
    std::string name, email;
    std::int64_t time = 0;  // seconds since 1970 UTC, written as such

    bool operator==(const Person&) const = default;
};

/// `configured`: as commit.gpgSign or tag.gpgSign say, by the user's own gpg or ssh settings.
enum class Sign : std::uint8_t { never, configured, always };

struct NewCommit {
    ObjectId tree;
    std::vector<ObjectId> parents;
    std::string message;
    Person author, committer;
    Sign sign = Sign::never;
};

struct NewTag {
    std::string name;  // without refs/tags/
    ObjectId target;   // a commit
    std::string message;
    Person tagger;
    Sign sign = Sign::never;
};

struct LoggedCommit {
    ObjectId id;
    std::vector<ObjectId> parents;
    std::string message;  // whole
};

struct DraftOptions {
    std::string directory;  // of the user's repository, or in it
    /// A name or a URL (which has a `:` or a `/` in it); empty: the only remote, or `origin`. A
    /// path is relative to the top of the user's work tree, as git has it.
    std::string remote = {};
    std::chrono::milliseconds timeout = std::chrono::minutes(10);  // of each exchange
};

/// A bare repository of its own, in a temporary folder that goes with it, where commits are made
/// that nobody sees until they are pushed. Objects come from the user's repository (borrowed, not
/// copied; unless that is shallow or partial: then all comes from the remote) and from the remote;
/// the user's configuration counts for identities, signatures, credentials and URLs, also what is
/// included for the user's repository only. The user's repository itself is not touched: no ref, no
/// index, no work tree, no object.
///
/// The remote is one repository: where it has a URL to push to, it is also read there. The
/// configuration is read once, by `open`.
///
/// Git does all the work, but for blobs, flat trees and commits without a signature, which are
/// written here as git has them. Hooks of the user do not run. Nothing asks a question on the
/// terminal. No message holds a credential of the remote's URL. Movable; used from one thread at a
/// time.
class Draft {
  public:
    /// `not_found`: no repository, or no such remote; `unsupported`: the remote has several URLs to
    /// push to, which no push reaches all or none of. The remote is not asked yet.
    static Result<Draft> open(const DraftOptions& options);
    Draft(Draft&&) noexcept;
    Draft& operator=(Draft&&) noexcept;
    ~Draft();

    /// The folder, for `Repository::open`.
    const std::string& directory() const;
    /// The remote's URL for messages, without credentials.
    const std::string& remote_title() const;
    /// What git would put into a commit made now: user.name and user.email (or committer.*, or
    /// GIT_COMMITTER_NAME and _EMAIL), and the time. `usage` where the user has not said both, with
    /// how to.
    Result<Person> identity() const;

    /// What the remote has now, of the refs that match (full names; `*` stands for anything:
    /// "refs/tags/*"); all where there is none.
    Result<RemoteRefs> list(std::span<const std::string> patterns = {});
    /// Brings these refs and all that they lead to here, under the same names; what is here under
    /// other names stays. `not_found` where the remote lacks one that is named without `*`;
    /// `invalid`: no full name.
    Result<void> fetch(std::span<const std::string> patterns);
    /// A ref of this repository; nothing where there is none.
    Result<std::optional<ObjectId>> find(std::string_view ref);

    /// A tree that is `base` (null: empty) with these changes. `invalid`: a path that git does not
    /// take or that stands there twice, a change of a symlink, a submodule or a folder, a file
    /// where a folder would have to go or the other way round; `not_found`: what is to be removed
    /// is not there.
    Result<ObjectId> write_tree(const ObjectId& base, std::span<const TreeChange> changes);
    /// The same request gives the same id, but for signatures. A message gets a line break at its
    /// end where it has none, and is not changed otherwise. `invalid`: an identity or a name that
    /// git would change or refuse, a message with a zero byte. That the tree and the parents are
    /// there, and no parent twice, is the caller's to see to. `usage`: it is to be signed, and that
    /// does not work.
    Result<ObjectId> write_commit(const NewCommit& commit);
    /// No ref is made.
    Result<ObjectId> write_tag(const NewTag& tag);
    /// The tree of a merge of two commits; nothing where they conflict. `unavailable`: a git older
    /// than 2.38.
    Result<std::optional<ObjectId>> merge(const ObjectId& ours, const ObjectId& theirs);
    /// Commits of `to` that `from` does not have (null: all), newest first, at most `limit`.
    Result<std::vector<LoggedCommit>> log(const ObjectId& from, const ObjectId& to,
                                          std::size_t limit);
    /// Paths in which two commits differ, sorted.
    Result<std::vector<std::string>> changed_paths(const ObjectId& from, const ObjectId& to);
    /// Whether `ancestor` is `descendant` or leads to it.
    Result<bool> is_ancestor(const ObjectId& ancestor, const ObjectId& descendant);
    /// The commit's files in `folder`, which is empty or not there, as a work tree whose git
    /// commands work and see this commit as HEAD (detached), the tags that were fetched, and
    /// `origin` with the remote's URL without credentials. It borrows the draft's objects: git
    /// works in it as long as the draft lives. The folder is the caller's to remove.
    Result<void> check_out(const ObjectId& commit, const std::string& folder);

    /// The folder `path` of a commit as a .tgz in which it is called `name`; its files are dated
    /// `time` (seconds since 1970 UTC). The same request gives the same bytes. What .gitattributes
    /// keeps from exports is left out.
    Result<std::string> archive(const ObjectId& commit, const std::string& path,
                                const std::string& name, std::int64_t time);

    /// Pushes all or nothing (`--atomic`, and a lease for each ref). An error says that nobody
    /// knows whether it happened (`unavailable`) or that it certainly did not (`denied`: no right
    /// to push; `unsupported`: a server without atomic pushes; `not_found`): whoever pushes reads
    /// the refs again on anything but `accepted`. `rehearse`: the remote is asked, nothing is
    /// changed; leases, rights and atomicity are looked at, hooks and rules of the remote are not.
    enum class Mode : std::uint8_t { act, rehearse };
    Result<Pushed> push(std::span<const RefUpdate> updates, Mode mode = Mode::act);

  private:
    struct State;
    explicit Draft(std::unique_ptr<State> state);
    Result<ObjectId> write_signed_tag(const NewTag& tag, const std::string& message);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::git
