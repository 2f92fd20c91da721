#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "evidence/evidence.h"
#include "git/object_id.h"
#include "release/site.h"
#include "verify/judge.h"
#include "workspace/ask_images.h"
#include "workspace/workspace.h"

namespace lockstep::release {

/// A commit, judged as if it were the release: what was opened, seen and found. Not movable: the
/// audit borrows the history.
struct JudgedCommit {
    workspace::Workspace workspace;
    evidence::History history;
    verify::Audit audit;

    explicit JudgedCommit(workspace::Workspace opened) : workspace(std::move(opened)) {}
    JudgedCommit(const JudgedCommit&) = delete;
    JudgedCommit& operator=(const JudgedCommit&) = delete;

    const project::Project& project() const { return workspace.project(); }
    const verify::ReleaseVerdict& verdict() const { return audit.releases.back(); }

    git::Commit commit;
    std::shared_ptr<const FileTree> tree;  // its files
};

/// Judges `commit` as the release that `state` makes of it: its version and component are expected.
/// Its images are asked of `find`, by nobody where that is empty.
Result<std::unique_ptr<JudgedCommit>> judge_commit(Site& site, const git::ObjectId& commit,
                                                   const State& state,
                                                   const workspace::FindAnswerer& find = {});

/// What must be consistent: what is written, or the images too.
enum class Need : std::uint8_t { declarations, images };
/// Nothing where that is good enough; else a `conflict` that names every finding, or `unavailable`
/// where something could not be checked.
/// A declaration that only pins the digest of one of `items` is right: what is under that digest
/// was built for this release.
Result<void> require_consistent(const JudgedCommit& judged, const std::string& what, Need need,
                                std::span<const Item> items = {});

}  // namespace lockstep::release
