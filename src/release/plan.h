#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "edit/edit.h"
#include "release/site.h"

namespace lockstep::release {

struct JudgedCommit;

/// What the user asked to release.
struct Request {
    /// A tag, a version, or "major", "minor", "patch", "rc"; empty with `from_commits`.
    std::string version;
    bool from_commits = false;  // the step that the Conventional Commits since the last tag ask for
    std::string component;      // that a step is one of; empty: the product
    std::string branch;         // "main"; empty: the remote's default branch
    std::string origin;         // the tag of a release candidate whose images become final
};

/// What a release would do. Made without a trace outside: commits in it are in the draft only.
struct Plan {
    State state;                 // as it would begin
    std::optional<Entry> begun;  // the same release was begun from the same source: carry on there
    edit::Edits edits;           // of S; in digest mode with digests of zeros, since none is known
    std::vector<std::string> notices;
};

/// Reads the remote, its tags and configuration, and works out the release. `conflict`: the version
/// is published, spent, or being released from another source; the message says by whom. `usage`:
/// the configuration or the version is wrong.
Result<Plan> make_plan(Site& site, const Request& request);

/// The state that creates the release in the remote, and the candidate with it.
Result<Journal::Move> prepare(Site& site, const Plan& plan);

/// The commit M: the source with what the edits change; the source itself where nothing changes.
/// The same state and edits give the same commit.
Result<git::ObjectId> make_commit(Site& site, const State& state, const project::Project& project,
                                  const edit::Edits& edits);
/// How commits and tags of a project are signed.
git::Sign signing(const project::Project& project);
/// The ref that CI builds a release from.
std::string candidate_of(const std::string& tag, const project::Project& project);
/// The message of commit and tag, with a line feed at its end.
std::string message_of(const State& state, const project::Project& project);

/// The edits of the source of `state`, with these digests pinned.
Result<edit::Edits> make_edits(const State& state, const JudgedCommit& judged,
                               std::map<std::string, std::string, std::less<>> digests);

}  // namespace lockstep::release
