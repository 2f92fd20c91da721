#pragma once

#include <string_view>

/// Media types of manifests and configs (OCI image specification 1.1, media-types.md; Docker image
/// manifest version 2, schema 2).
namespace lockstep::oci::media_type {

inline constexpr std::string_view oci_manifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view oci_index = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view docker_manifest =
    "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view docker_list =
    "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view oci_config = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view docker_config = "application/vnd.docker.container.image.v1+json";
inline constexpr std::string_view oci_empty = "application/vnd.oci.empty.v1+json";

/// An index or a Docker manifest list: it names manifests of platforms.
constexpr bool is_index(std::string_view type) {
    return type == oci_index || type == docker_list;
}
/// A manifest or an index of either kind.
constexpr bool is_manifest(std::string_view type) {
    return type == oci_manifest || type == docker_manifest || is_index(type);
}
/// Docker's schema 1, signed or not: refused, since its digest is not that of what it says.
constexpr bool is_schema_1(std::string_view type) {
    return type.starts_with("application/vnd.docker.distribution.manifest.v1");
}
/// What the config of an image is called; empty where a document left it out.
constexpr bool is_image_config(std::string_view type) {
    return type.empty() || type == oci_config || type == docker_config;
}
/// A layer that its owner does not allow to be copied: it is fetched from the URLs of its
/// descriptor.
constexpr bool is_nondistributable(std::string_view type) {
    return type.starts_with("application/vnd.oci.image.layer.nondistributable.v1.") ||
           type.starts_with("application/vnd.docker.image.rootfs.foreign.");
}

}  // namespace lockstep::oci::media_type
