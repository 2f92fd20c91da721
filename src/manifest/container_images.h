#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "manifest/fields.h"
#include "yaml/node.h"

namespace lockstep::manifest {

/// An image that stands in `scalar`, or in a part of it (`--image=app:v1`).
struct NamedImage {
    const yaml::Node* scalar = nullptr;
    std::string field;
    std::string_view text;
};

/// Tells `found` of every image that the container at `field` names: its own, and those in its
/// environment, command and arguments.
void find_container_images(const yaml::Node& container, const std::string& field,
                           const Fields& fields, const std::function<void(NamedImage)>& found);

}  // namespace lockstep::manifest
