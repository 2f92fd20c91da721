#pragma once

#include <string>

#include "yaml/node.h"

namespace lockstep::changes {

/// Whether both print alike: as kustomize prints them, the order of keys left aside.
bool is_same(const yaml::Node& a, const yaml::Node& b);

/// A text that two values share if and only if `is_same` says so.
std::string canonical(const yaml::Node& value);

/// A value in one line for people: `5`, `"5"`, `{cpu: 100m, memory: 1Gi}`, `[a, b]`; cut behind
/// `bytes_max` with "…".
std::string shown(const yaml::Node& value, std::size_t bytes_max = 200);

/// The same with every scalar hidden: `{password: (secret)}`.
std::string shown_keys(const yaml::Node& value, std::size_t bytes_max = 200);

}  // namespace lockstep::changes
