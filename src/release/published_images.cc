#include "release/published_images.h"

#include "release/item_places.h"

namespace lockstep::release {

Result<void> check_published_images(Site& site, const State& state) {
    for (const Item& item : state.items) {
        const Held place = TRY(published(site, item));
        const images::ManifestName names[] = {place.by_tag()};
        const Result<oci::Descriptor> found = std::move(place.store->resolve(names).front());
        const bool is_absent = !found && found.error().kind == Error::Kind::not_found;
        if (!found && !is_absent)
            return fail(found.error().kind,
                        "reading `" + item.published + "` back: " + found.error().message,
                        found.error().hint);
        if (is_absent || found->digest.str() != item.digest)
            return fail(Error::Kind::conflict,
                        '`' + item.published + "` is " +
                            (is_absent ? "not there any more" : found->digest.str()) + ", not " +
                            item.digest + ": somebody else writes there",
                        "`lockstep release abort " + state.tag +
                            "` gives this version up; switch on immutable tags where the registry "
                            "has them");
    }
    return {};
}

}  // namespace lockstep::release
