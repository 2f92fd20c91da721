#include <utility>

#include "images/copy.h"
#include "release/item_places.h"
#include "release/steps.h"

namespace lockstep::release {

Result<void> copy(Site& site, const Entry& entry) {
    for (const Item& item : entry.state.items) {
        const Held from = TRY(staged(site, item));
        const Held to = TRY(published(site, item));
        const images::Copied copied =
            TRY(images::copy(*from.store, from.by_digest(item.digest), *to.store,
                             to.by_digest(item.digest), site.copying(item)),
                "copying `" + item.name + '`');
        site.note("copy", to.reference.name() + '@' + item.digest + ": " +
                              std::to_string(copied.bytes_moved) + " bytes moved");
    }
    return {};
}

}  // namespace lockstep::release
