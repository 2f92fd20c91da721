#pragma once

#include <optional>
#include <string>
#include <vector>

#include "yaml/node.h"

namespace lockstep::changes {

/// One thing that a role lets somebody do. "*" is everything; a name "" is every object.
struct Permission {
    std::string group, resource, name, verb;
    bool is_url = false;  // `resource` is a path of the API server, "/metrics"

    auto operator<=>(const Permission&) const = default;
};

/// Whether whoever may do `wide` may do `narrow`, as the authorizer has it: "*" of groups,
/// resources and verbs, "*/scale", paths that end in "*".
bool covers(const Permission& wide, const Permission& narrow);

/// What the `rules` of a Role or ClusterRole permit, sorted, each once; nothing where they are more
/// than `most`.
std::optional<std::vector<Permission>> permissions_of(const yaml::Node& role,
                                                      std::size_t most = 20'000);

/// Those of `these` that no one of `others` covers.
std::vector<Permission> uncovered(const std::vector<Permission>& these,
                                  const std::vector<Permission>& others);

/// Whether it can be used to become somebody else or to see what is secret.
bool is_powerful(const Permission& permission);

/// "pods/eviction: create; apps/deployments (web): get, list; /metrics: get"
std::string shown(const std::vector<Permission>& permissions);

}  // namespace lockstep::changes
