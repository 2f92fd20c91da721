#pragma once

#include "base/result.h"
#include "cli/options.h"
#include "evidence/evidence.h"
#include "workspace/workspace.h"

namespace lockstep::cli {

/// One release and where it was found.
struct Gathered {
    workspace::Workspace workspace;
    evidence::History history;
};

/// What is to be verified: standard input, the kustomization of `-k`, the release that
/// `options.release` names (a URL, a tag or commit, a directory); else the work tree.
Result<Gathered> gather(const Options& options, const workspace::Options& gathering);

}  // namespace lockstep::cli
