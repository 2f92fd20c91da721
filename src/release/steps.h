#pragma once

#include "base/result.h"
#include "release/journal.h"
#include "release/site.h"

/// The steps of a release. Each can be repeated from its beginning whatever became of it. Those
/// that return a move take the release from one state to the next by one compare-and-swap: what
/// they return is what the remote has then, also where another runner was faster. The others decide
/// nothing that somebody else would have to know.
namespace lockstep::release {

/// prepared → built: every image is in staging, and its digest is known.
Result<Journal::Move> build(Site& site, const Entry& entry);
/// At built: judged over the world as it would be.
Result<void> check(Site& site, const Entry& entry);
/// At built: every digest is where it will be published, under no name.
Result<void> copy(Site& site, const Entry& entry);
/// built → tagging: whoever moves this owns the version's image tags.
Result<Journal::Move> claim(Site& site, const Entry& entry);
/// At tagging: every image tag is put, if absent or equal, and read back.
Result<void> tag_images(Site& site, const Entry& entry);
/// tagging → published: the Git tag, the branch, the record, all in one push.
Result<Journal::Move> publish(Site& site, const Entry& entry);
/// published → recorded: what is missing of a push that came apart, the branch, aliases.
Result<Journal::Move> complete(Site& site, const Entry& entry);

/// Before a tag can have been seen: removes every trace. After: the version is burned. Repeats
/// itself after a crash. `conflict` where it is published.
struct Aborted {
    bool is_burned = false;
    std::vector<std::string> left;  // what could not be removed, and who can, for people
};
Result<Aborted> abort(Site& site, const Entry& entry);
/// Removes the candidate of a release that has no state, which a push leaves that came apart on
/// the server. Whether there was one.
Result<bool> abort_candidate(Site& site, const std::string& tag);

}  // namespace lockstep::release
