#pragma once

#include <string_view>

namespace lockstep::manifest {

/// What a file or directory is by its name alone.
bool is_skipped_directory(std::string_view name);
bool is_kustomization_name(std::string_view name);
bool is_yaml_name(std::string_view name);
bool is_json_name(std::string_view name);
/// Change logs, release notes, proposals, blogs: texts about the past.
bool is_about_the_past(std::string_view path);
/// Below a folder for developers or for examples: what stands there uses the release manifests, but
/// is none of them.
bool is_beside_release(std::string_view directory);
/// Below a folder whose name says that what it deploys moves: dev, nightly, edge.
bool is_meant_to_move(std::string_view path);
/// A text that tells users what to use, see Layout::texts.
bool is_guide(std::string_view path);

}  // namespace lockstep::manifest
