#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace lockstep::changes {

/// What an object is called. Empty where it does not say.
struct Identity {
    std::string group, version, kind, space, name;

    std::string api_version() const { return group.empty() ? version : group + '/' + version; }
    auto operator<=>(const Identity&) const = default;
};

/// "Deployment/shop/web", "Deployment/web" without a namespace: as `lockstep render --explain` has
/// it.
std::string to_string(const Identity& identity);

Identity identity_of(const yaml::Node& object);

/// A name without the suffix that kustomize's generators hash the content into ("app-config" of
/// "app-config-7b5tm8hfcf"); empty where it has none.
std::string_view name_before_hash(std::string_view name);

}  // namespace lockstep::changes
