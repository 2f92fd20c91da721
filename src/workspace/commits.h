#pragma once

#include "evidence/evidence.h"
#include "git/repository.h"

/// What Git knows about the commits that images name.
namespace lockstep::workspace {

/// Looks for the commits that images name as the ones they were built from, each text once. In a
/// shallow or partial clone, what is not there is `unknown`.
void add_named_commits(git::Repository& repository, evidence::History& history);

/// The parents of judged releases that pin an image by digest; of a commit that cannot be read
/// none, so that nothing is said of them.
void add_parents(git::Repository& repository, evidence::History& history);

}  // namespace lockstep::workspace
