#include "cluster/list.h"

#include "http/url.h"

namespace lockstep::cluster {

namespace {

/// What is read of a list: its own metadata, and of each object what is wanted.
json::Wanted of_list(const json::Wanted& object) {
    return {.members = {{.name = "kind"},
                        {.name = "metadata",
                         .members = {{.name = "resourceVersion"}, {.name = "continue"}}},
                        {.name = "items", .members = object.members}}};
}

struct Page {
    std::string version, next;  // next: empty at the end
};

Result<Page> read_page(Api& api, const Resource& resource, const std::string& next,
                       const TakeObject& take) {
    std::string target = resource.path + "?limit=" + std::to_string(page_size);
    if (!next.empty()) target += "&continue=" + http::escaped(next);
    const json::Value page = TRY(json::parse(resource.path, TRY(api.get(target)),
                                             of_list(resource.wanted), {.values = 8'000'000}));
    const json::Value* const metadata = page.find("metadata");
    const json::Value* const items = page.find("items");
    if (!page.text("kind").ends_with("List") || metadata == nullptr || items == nullptr)
        return fail(Error::Kind::invalid, resource.path + " is answered with no list");
    // Of nothing `items` may be null.
    if (const json::Array* const objects = items->as<json::Array>())
        for (const json::Value& object : *objects) TRY(take(object));
    return Page{std::string(metadata->text("resourceVersion")),
                std::string(metadata->text("continue"))};
}

}  // namespace

Result<Listing> list(Api& api, const Resource& resource, const StartOver& start_over,
                     const TakeObject& take) {
    Listing listing;
    start_over();
    for (std::string next;;) {
        Result<Page> page = read_page(api, resource, next, take);
        if (page) {
            listing.version = page->version;
            next = page->next;
            if (next.empty()) return listing;
            continue;
        }
        const bool has_expired = page.error().kind == Error::Kind::conflict && !next.empty();
        if (!has_expired || ++listing.restarts > restarts_max)
            return std::unexpected(std::move(page).error());
        next.clear();
        start_over();
    }
}

}  // namespace lockstep::cluster
