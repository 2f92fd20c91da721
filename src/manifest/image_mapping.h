#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace lockstep::manifest {

/// An image whose parts are keys of one mapping: {registry, repository, image or name, tag or
/// version, digest}, as values of charts and some custom resources write it.
struct ImageMapping {
    std::string name;                      // all of it that is written, joined
    const yaml::Node* named_by = nullptr;  // the scalar with the last part of the name
    const yaml::Node* tag = nullptr;       // its scalar, which may be empty or null; may be absent
    std::string_view tag_text;             // empty: none
    std::string digest;                    // empty: none
};

/// The image that `mapping`, which stands under `key`, names; nothing where it names none. A single
/// text "repo:tag" under `image` is not one of these.
std::optional<ImageMapping> read_image_mapping(const yaml::Node& mapping, std::string_view key);

/// Whether a key is called after images: "image", "images", "operatorImage", "imageController".
bool is_image_key(std::string_view key);

}  // namespace lockstep::manifest
