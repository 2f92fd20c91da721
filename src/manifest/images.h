#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "manifest/declaration.h"
#include "manifest/fields.h"
#include "yaml/node.h"

namespace lockstep::manifest {

/// What is said of every declaration that comes from one unit.
struct Origin {
    Surface surface = Surface::yaml;
    std::string_view root;  // lives as long as the search
};

/// One unit declares no more than this; who reaches it adds a Gap.
inline constexpr std::size_t declaration_limit = 20'000;

/// Appends every image that `object` names, in the order of the text:
///   - containers, initContainers and ephemeralContainers of pods and pod templates anywhere, with
///     the images in their environment (RELATED_IMAGE_*, and what reads as an image with a version)
///     and arguments; image volumes;
///   - any `image` or `…Image` text, and any {repository, tag or version} mapping, that reads as an
///     image with a version (custom resources); ClusterServiceVersion and CatalogSource whatever it
///     reads as;
///   - what `fields` name;
/// and the version of a ClusterServiceVersion outside of charts, in its `spec.version` and its
/// name. Items of a List are objects of their own. Definitions of custom resources declare nothing;
/// of ConfigMaps and Secrets only what `fields.paths` name counts. Stops at `declaration_limit`.
void find_images(const yaml::Node& object, const Origin& origin, const Fields& fields,
                 std::vector<Declaration>& found);

}  // namespace lockstep::manifest
