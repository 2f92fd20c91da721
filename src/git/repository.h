#pragma once

#include <cstdint>
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

struct Tag {
    enum class Kind : std::uint8_t { lightweight, annotated, signed_annotated };

    std::string name;  // without refs/tags/
    ObjectId object;   // what the ref names: a commit, or the tag object
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
    /// Never fetch missing objects of a partial clone; they are `unavailable` then.
    bool offline = false;
    /// One blob above this is `invalid`, and is not read into memory.
    std::size_t blob_bytes_max = 32u << 20;
    /// Blobs kept in memory for the next reader; older ones are dropped first.
    std::size_t cache_bytes_max = 24u << 20;
};

/// A Git repository, read without touching its work tree, index or configuration. Everything that
/// Git knows works: bare, linked worktrees, packs, alternates, shallow and partial clones, SHA-256,
/// reftable where the installed git has it; because git itself reads (one long-lived `git
/// cat-file`, see docs/adr). System and user configuration that could run programs is shut out.
///
/// Movable; use from one thread at a time, trees made by it included.
class Repository {
  public:
    /// The repository that holds `directory` (which may be the repository itself, a work tree, or a
    /// folder in one). `not_found` where there is none, `unavailable` where git is missing or too
    /// old.
    static Result<Repository> open(const std::string& directory, const OpenOptions& options = {});

    Repository(Repository&&) noexcept;
    Repository& operator=(Repository&&) noexcept;
    ~Repository();

    /// All tags, sorted by name.
    Result<std::vector<Tag>> tags();

    /// The commit that `revision` names (tag, branch, HEAD, commit id, `v1^{}`…). `not_found`
    /// otherwise.
    Result<Commit> resolve(std::string_view revision);

    /// The tree as files. Entry ids are object ids (raw bytes). Lives as long as it is held, also
    /// after this object is gone.
    std::shared_ptr<const FileTree> tree(const ObjectId& tree);

    /// Reads these trees or blobs in one round trip, so that the reads that follow find them in
    /// memory. Missing ones are no error here.
    Result<void> prefetch(std::span<const ObjectId> objects);

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
