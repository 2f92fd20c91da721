#include <utility>

#include "release/judged.h"
#include "release/outlook.h"
#include "release/steps.h"

namespace lockstep::release {

Result<void> check(Site& site, const Entry& entry) {
    const State& state = entry.state;
    const git::ObjectId commit = object_id(state.commit);
    const workspace::Workspace workspace = TRY(site.open_at(object_id(state.source)));
    const workspace::FindAnswerer find =
        TRY(outlook(site, state.items, site.setting().answerers(workspace)));
    const auto judged = TRY(judge_commit(site, commit, state, find));
    TRY(require_consistent(*judged, '`' + state.tag + '`', Need::images, state.items));
    for (const verify::JudgedImage& image : judged->verdict().images)
        site.note("verify", image.reference + ' ' + verify::to_string(image.state));
    return {};
}

}  // namespace lockstep::release
