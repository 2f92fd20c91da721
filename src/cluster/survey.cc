#include "cluster/survey.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>

#include "cluster/list.h"
#include "cluster/objects.h"
#include "http/url.h"
#include "os/parallel.h"

namespace lockstep::cluster {

namespace {

/// How many lists are read at once.
constexpr unsigned lists_at_once = 3;

struct Objects {
    std::vector<evidence::SeenPod> pods;
    std::vector<evidence::SeenWorkload> workloads;
};

/// Counts over all lists.
class Counter {
  public:
    explicit Counter(const Counted& counted) : counted_(counted) {}

    void count() {
        if (!counted_) return;
        const std::scoped_lock lock(mutex_);
        if (++objects_ % 100 == 0) counted_(objects_);
    }

  private:
    const Counted& counted_;
    std::mutex mutex_;
    std::size_t objects_ = 0;
};

Result<Objects> read(Api& api, const Place& place, Counter& counter) {
    Objects objects;
    const bool are_pods = place.kind->name == "Pod";
    const auto take = [&](const json::Value& object) -> Result<void> {
        if (are_pods)
            objects.pods.push_back(pod_of(object));
        else
            objects.workloads.push_back(workload_of(place.kind->name, object));
        counter.count();
        return {};
    };
    TRY(list(
        api,
        {.path = path_of(place), .wanted = are_pods ? wanted_of_pods() : wanted_of_workloads()},
        [&] { objects = {}; }, take));
    return objects;
}

}  // namespace

std::vector<Place> places_in(const Scope& scope) {
    std::vector<Place> places;
    for (const Kind& kind : kinds) {
        if (scope.empty()) places.push_back({&kind, {}});
        for (const std::string& name_space : scope) places.push_back({&kind, name_space});
    }
    return places;
}

std::string path_of(const Place& place) {
    std::string path(place.kind->group);
    if (!place.name_space.empty()) path += "/namespaces/" + http::escaped(place.name_space);
    return path + "/" + std::string(place.kind->plural);
}

std::string title_of(const Place& place) {
    return std::string(place.kind->plural) + (place.name_space.empty()
                                                  ? " in all namespaces"
                                                  : " in namespace `" + place.name_space + "`");
}

std::vector<evidence::UnreadObjects> unread_in(const std::vector<Place>& places,
                                               const std::vector<std::optional<Error>>& errors) {
    std::map<std::string_view, std::size_t> failed;  // by namespace
    for (std::size_t at = 0; at < places.size(); ++at)
        failed[places[at].name_space] += errors[at].has_value();
    std::vector<evidence::UnreadObjects> unread;
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (!errors[at]) continue;
        const std::string& name_space = places[at].name_space;
        const bool is_whole = failed[name_space] == kinds.size() && !name_space.empty();
        if (is_whole && places[at].kind != &kinds.front()) continue;
        unread.push_back({is_whole ? "namespace `" + name_space + "`" : title_of(places[at]),
                          to_string(*errors[at]), errors[at]->hint});
    }
    return unread;
}

Result<evidence::Deployed> survey(Api& api, const Scope& scope, const Counted& counted) {
    evidence::Deployed deployed;
    deployed.server = api.access().server.url;
    deployed.context = api.access().context;
    const std::vector<Place> places = places_in(scope);
    Counter counter(counted);
    std::vector<Result<Objects>> found = os::parallel_map(
        places, lists_at_once, [&](const Place& place) { return read(api, place, counter); });
    std::vector<std::optional<Error>> errors;
    for (Result<Objects>& objects : found) {
        errors.push_back(objects ? std::nullopt : std::optional(objects.error()));
        if (!objects) continue;
        std::ranges::move(objects->pods, std::back_inserter(deployed.pods));
        std::ranges::move(objects->workloads, std::back_inserter(deployed.workloads));
    }
    if (std::ranges::all_of(errors, [](const auto& error) { return error.has_value(); }))
        return std::unexpected<Error>(*errors.front());
    deployed.unread = unread_in(places, errors);
    return deployed;
}

}  // namespace lockstep::cluster
