#pragma once

#include <string>
#include <string_view>

/// What the texts of a configuration must be. Each function says what was expected instead ("a
/// path that …"), or nothing where the text is right. schemas/lockstep.schema.json says the same
/// for editors.
namespace lockstep::project {

/// "registry.example:5000/team/app": an image without tag and digest.
std::string fault_of_image_name(std::string_view name);
/// A registry, a repository or the beginning of one: "k8s.gcr.io", "quay.io/old".
std::string fault_of_registry(std::string_view name);
/// "https://mirror.example/prefix": no user, query or fragment.
std::string fault_of_mirror(std::string_view url);
/// A path or glob relative to the root of the tree.
std::string fault_of_path(std::string_view path);
/// A folder below the configuration's own.
std::string fault_of_layout(std::string_view path);
/// A text of one line with {version} once.
std::string fault_of_text_pattern(std::string_view pattern);
/// "--image"
std::string fault_of_flag(std::string_view flag);
/// "spec.images[].ref"
std::string fault_of_field_path(std::string_view path);

}  // namespace lockstep::project
