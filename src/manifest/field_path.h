#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace lockstep::manifest {

/// A node and the path to it, as people write it: "spec.containers[0].image".
struct Found {
    const yaml::Node* node = nullptr;
    std::string path;
};

/// What `path` (see Fields::paths) names in `root`, in order. Empty where nothing is there.
std::vector<Found> follow(const yaml::Node& root, std::string_view path);

/// `path` with one more key; a dot or bracket in the key is escaped with a backslash. Paths are for
/// people: behind 1,000 bytes there is only "…".
std::string with_key(std::string_view path, std::string_view key);
std::string with_index(std::string_view path, std::size_t index);

}  // namespace lockstep::manifest
