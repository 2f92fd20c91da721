#include <utility>

#include "release/branch.h"
#include "release/item_places.h"
#include "release/published_images.h"
#include "release/steps.h"

namespace lockstep::release {

Result<Journal::Move> begin_tagging(Site& site, const Entry& entry) {
    State state = entry.state;
    // From here on the version is spent, so what is known to fail fails now.
    const workspace::Workspace workspace = TRY(site.open_at(object_id(state.source)));
    TRY(require_unmoved(site, state, workspace.project()));
    state.step = Step::tagging;
    return site.journal().advance({.from = entry, .to = site.stamped(std::move(state))});
}

Result<Journal::Move> tag_images(Site& site, const Entry& entry) {
    State state = entry.state;
    for (const Item& item : state.items) {
        const Held place = TRY(published(site, item));
        const images::ManifestName names[] = {place.by_digest(item.digest)};
        const images::RawManifest manifest =
            TRY(std::move(place.store->read_manifests(names).front()),
                "reading `" + item.name + '@' + item.digest + "` before it is tagged");
        TRY(place.store->write_manifest(place.by_tag(), manifest, images::Store::IfExists::refuse),
            "tagging `" + item.published + '`');
        site.note("tag images", item.published + ' ' + item.digest);
    }
    TRY(check_published_images(site, state));
    state.step = Step::tagged;
    return site.journal().advance({.from = entry, .to = site.stamped(std::move(state))});
}

}  // namespace lockstep::release
