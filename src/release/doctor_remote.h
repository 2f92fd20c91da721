#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/draft.h"
#include "release/doctor.h"
#include "release/site.h"

/// Whether the remote takes a release.
namespace lockstep::release {

/// What was seen of the remote.
struct RemoteSight {
    std::string title;  // its URL
    Result<git::Person> identity;
    Result<git::RemoteRefs> refs;
    std::string branch;  // "refs/heads/main"; empty: none was named and there is no default
    git::ObjectId tip;   // null: it has no such branch
    /// Hooks that may refuse a push, where the remote is a folder here; nothing where it cannot be
    /// looked into.
    std::optional<std::vector<std::string>> hooks;
};

/// Also brings the branch here.
RemoteSight look_at_remote(Site& site, const std::string& branch);

/// What the remote says to the pushes of a release that is not made: the refs of `tag`, with a name
/// of its own for each, and the branch.
Result<git::Pushed> rehearse_release(Site& site, const RemoteSight& remote, const std::string& tag,
                                     const std::string& candidate);

std::vector<Check> judge_remote(const RemoteSight& remote);
std::vector<Check> judge_rehearsal(const Result<git::Pushed>& rehearsal);
/// Rules that no rehearsal can see: protected tags, rulesets, hooks.
Check judge_protection(const RemoteSight& remote);

}  // namespace lockstep::release
