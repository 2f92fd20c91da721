#pragma once

#include <cstdint>
#include <functional>
#include <future>
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
#include "git/parents.h"

namespace lockstep::git {

struct Tag {
    enum class Kind : std::uint8_t { lightweight, annotated, signed_annotated };

    std::string name;  // without refs/tags/
    ObjectId object;   // what the ref names: a commit, or the tag object; null where git takes no
                       // ref of this name, so that the tag is only a file
    ObjectId commit;   // peeled; null where the tag names no commit (a tag of a tree or blob)
    ObjectId tree;     // of the commit
    std::int64_t time =
        0;  // seconds since 1970 UTC: the tagger's, or the commit's where there is none
    Kind kind = Kind::lightweight;
};

struct Commit {
    ObjectId id;
    ObjectId tree;
    std::int64_t time = 0;  // committer's
};

struct OpenOptions {
    /// Never fetch missing objects of a partial clone; they are `unavailable` then. Otherwise they
    /// are fetched when they are asked for, all that one call misses at once, and stay in the
    /// clone.
    bool offline = false;
    /// One blob above this is `invalid`, and is not read into memory.
    std::size_t blob_bytes_max = 32u << 20;
    /// Begin to list the tags and to ask for the remote while the repository is being found, for a
    /// caller that will ask for both.
    bool whole_history = false;
    /// Blobs kept in memory for the next reader; older ones are dropped first.
    std::size_t cache_bytes_max = 24u << 20;
};

/// A Git repository, read without touching its work tree, index or configuration. Everything that
/// Git knows works: bare, linked worktrees, packs, alternates, shallow and partial clones, SHA-256,
/// reftable where the installed git has it: what is not plain (discovery.h), git itself reads (one
/// `git cat-file`, see docs/adr). Reading runs no program that a configuration names, takes no lock
/// and ignores `git replace`: an id means the object that everybody else has under it.
///
/// An object that git cannot read is an error of the call that needs it: `corrupt` where it is
/// damaged or missing, `unavailable` where a partial clone does not hold it, never left out.
///
/// Movable; use from one thread at a time. Trees made by it may be read from several threads.
class Repository {
  public:
    /// The repository that holds `directory` (which may be the repository itself, a work tree, or a
    /// folder in one). `not_found` where there is none, or no git; `denied` where git does not
    /// trust the folder's owner. A git older than 2.36 is `unavailable` where it has to read.
    static Result<Repository> open(const std::string& directory, const OpenOptions& options = {});

    Repository(Repository&&) noexcept;
    Repository& operator=(Repository&&) noexcept;
    ~Repository();

    /// All tags, sorted by name. One that cannot be read is `corrupt`.
    Result<std::vector<Tag>> tags();

    /// The refs below `prefix` ("refs/lockstep/releases/"), by full name: what each names itself.
    Result<std::map<std::string, ObjectId, std::less<>>> refs(std::string_view prefix);

    /// The commit that `revision` names (tag, branch, HEAD, commit id, `v1^{}`…). `not_found`
    /// otherwise.
    Result<Commit> resolve(std::string_view revision);

    /// What the tag object of this id says, without its signature.
    Result<std::string> tag_message(std::string_view id);

    /// The parents of a commit, and what differs; see parents.h.
    Result<std::vector<Parent>> parents(const ObjectId& commit);

    /// The tree as files. Entry ids are object ids (raw bytes). Lives as long as it is held, also
    /// after this object is gone.
    std::shared_ptr<const FileTree> tree(const ObjectId& tree);

    /// Reads these trees or blobs at once, so that the reads that follow find them in memory. Two
    /// round trips, whatever their number: sizes, then those within the limit. Missing and damaged
    /// ones are no error here, but of the read that asks for them.
    Result<void> prefetch(std::span<const ObjectId> objects);
    /// The same while the caller goes on: who reads one of them meanwhile waits for that one only.
    /// Whoever drops the future waits for all.
    std::future<Result<void>> start_prefetch(std::vector<ObjectId> objects);

    /// The work tree's folder; nothing for a bare repository. `prefix()` is where `directory` lay
    /// below it ("" at the top).
    const std::optional<std::string>& work_tree() const;
    const std::string& prefix() const;
    /// The repository's own folder (.git or the bare one).
    const std::string& git_directory() const;

    bool is_shallow() const;
    bool is_partial() const;

    /// The URL of remote `origin`, or of the only remote; empty where there is none. Credentials in
    /// it are removed.
    Result<std::string> remote_url();

  private:
    struct State;
    explicit Repository(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace lockstep::git
