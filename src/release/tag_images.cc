#include <utility>

#include "release/branch.h"
#include "release/item_places.h"
#include "release/published_images.h"
#include "release/steps.h"

namespace lockstep::release {

Result<Journal::Move> claim(Site& site, const Entry& entry) {
    State state = entry.state;
    // From here on the version is spent, so what is known to fail fails now.
    TRY(require_unmoved(site, state, TRY(site.project_at(object_id(state.source)))));
    state.step = Step::tagging;
    return site.journal().advance({.from = entry, .to = site.stamped(std::move(state))});
}

Result<void> tag_images(Site& site, const Entry& entry) {
    for (const Item& item : entry.state.items) {
        const Held place = TRY(published(site, item));
        const images::ManifestName names[] = {place.by_digest(item.digest)};
        const images::RawManifest manifest =
            TRY(std::move(place.store->read_manifests(names).front()),
                "reading `" + item.name + '@' + item.digest + "` before it is tagged");
        TRY(place.store->write_manifest(place.by_tag(), manifest, images::Store::IfExists::refuse),
            "tagging `" + item.published + '`');
        site.note("tag images", item.published + ' ' + item.digest);
    }
    return check_published_images(site, entry.state);
}

}  // namespace lockstep::release
