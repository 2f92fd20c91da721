#pragma once

#include "base/result.h"
#include "images/store.h"
#include "oci/reference.h"
#include "release/site.h"
#include "release/state.h"

namespace lockstep::release {

/// A place of an item: its store, and what it is called there.
struct Held {
    images::Store* store;
    oci::Reference reference;

    images::ManifestName by_tag() const { return {reference.path(), reference.tag()}; }
    images::ManifestName by_digest(const std::string& digest) const {
        return {reference.path(), digest};
    }
};
Result<Held> staged(Site& site, const Item& item);
Result<Held> published(Site& site, const Item& item);

}  // namespace lockstep::release
