#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"
#include "cluster/api.h"
#include "json/parse.h"

namespace lockstep::cluster {

/// Objects of one kind in one place, as the API has them.
struct Resource {
    std::string path;  // "/api/v1/pods", "/apis/apps/v1/namespaces/kube-system/deployments"
    /// Of each object; all of it where there are no members. Borrows the names.
    json::Wanted wanted;
};

struct Listing {
    std::string version;       // resourceVersion, from which a watch goes on
    std::size_t restarts = 0;  // how often the list expired under way
};

/// Takes one object. What it returns as an error ends the list.
using TakeObject = std::function<Result<void>(const json::Value& object)>;

/// Called at the start of a list, and again where it expired under way and begins anew: what was
/// taken so far is to be dropped.
using StartOver = std::function<void()>;

/// All of them, page by page; no page is in memory longer than it takes to read it. A page that has
/// expired (410: its part of the list was compacted away) begins the list again, `restarts_max`
/// times. Errors of Api; `invalid` where the answer is no list.
inline constexpr std::size_t page_size = 500;
inline constexpr std::size_t restarts_max = 3;
Result<Listing> list(Api& api, const Resource& resource, const StartOver& start_over,
                     const TakeObject& take);

}  // namespace lockstep::cluster
