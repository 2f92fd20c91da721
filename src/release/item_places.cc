#include "release/item_places.h"

#include <utility>

namespace lockstep::release {

namespace {

Result<Held> held(Site& site, const std::string& text) {
    oci::Reference reference = TRY(oci::Reference::parse(text));
    images::Store* const store = TRY(site.store(reference));
    return Held{store, std::move(reference)};
}

}  // namespace

Result<Held> staged(Site& site, const Item& item) {
    return held(site, item.staging);
}

Result<Held> published(Site& site, const Item& item) {
    return held(site, item.published);
}

}  // namespace lockstep::release
