#include "release/tag_ref.h"

#include <utility>

#include "release/plan.h"

namespace lockstep::release {

std::string tag_ref_of(const State& state) {
    return "refs/tags/" + state.tag;
}

Result<TagRef> find_tag(const git::RemoteRefs& remote, const State& state) {
    TagRef tag{.ref = tag_ref_of(state), .is_there = false, .object = {}};
    const auto found = remote.refs.find(tag.ref);
    if (found == remote.refs.end()) return tag;
    const auto peeled = remote.peeled.find(tag.ref);
    const git::ObjectId commit = peeled == remote.peeled.end() ? found->second : peeled->second;
    if (commit != object_id(state.commit))
        return fail(Error::Kind::conflict,
                    "tag `" + state.tag + "` leads to commit " + commit.hex() + ", not to " +
                        state.commit + ", which was released",
                    "somebody else made or moved it");
    tag.is_there = true;
    tag.object = found->second;
    return tag;
}

Result<git::ObjectId> write_tag(Site& site, const State& state, const project::Project& project) {
    return site.draft().write_tag({.name = state.tag,
                                   .target = object_id(state.commit),
                                   .message = message_of(state, project),
                                   .tagger = {state.person, state.email, state.time},
                                   .sign = signing(project)});
}

}  // namespace lockstep::release
