#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cluster/api.h"
#include "evidence/deployed.h"

namespace lockstep::cluster {

/// Which namespaces are looked into: the named ones; none: all.
using Scope = std::vector<std::string>;

/// A kind of objects that is read, and where the API has it.
struct Kind {
    std::string_view name;    // "Deployment"
    std::string_view group;   // "/apis/apps/v1"
    std::string_view plural;  // "deployments"
};
inline constexpr std::array<Kind, 7> kinds = {{{"Pod", "/api/v1", "pods"},
                                               {"Deployment", "/apis/apps/v1", "deployments"},
                                               {"StatefulSet", "/apis/apps/v1", "statefulsets"},
                                               {"DaemonSet", "/apis/apps/v1", "daemonsets"},
                                               {"ReplicaSet", "/apis/apps/v1", "replicasets"},
                                               {"Job", "/apis/batch/v1", "jobs"},
                                               {"CronJob", "/apis/batch/v1", "cronjobs"}}};

/// One of `kinds` in one namespace, or in all.
struct Place {
    const Kind* kind;
    std::string name_space;  // empty: all
};
std::vector<Place> places_in(const Scope& scope);
std::string path_of(const Place& place);
/// "pods in namespace `kube-system`", "deployments in any namespace".
std::string title_of(const Place& place);

/// What could not be read: `errors`, one for each of `places`, nothing where that could be. Of a
/// namespace of which nothing could be read, once.
std::vector<evidence::UnreadObjects> unread_in(const std::vector<Place>& places,
                                               const std::vector<std::optional<Error>>& errors);

/// Called now and then, by one thread at a time, with how many objects were read so far.
using Counted = std::function<void(std::size_t objects)>;

/// Reads pods and what manages them. What could not be read is in `unread` with the reason, and the
/// rest is there all the same; an error, where not one of them could be.
Result<evidence::Deployed> survey(Api& api, const Scope& scope, const Counted& counted = {});

}  // namespace lockstep::cluster
