#pragma once

#include <chrono>
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
/// As above, with a registry: "registry.example/charts".
std::string fault_of_repository(std::string_view name);
/// "linux/amd64", "linux/arm/v7"
std::string fault_of_platform(std::string_view platform);
/// "30m", "90s", "2h", "1h30m": from a second to a week.
std::string fault_of_duration(std::string_view text);
std::chrono::seconds duration_of(std::string_view text);  // of one that is right
/// A file of the repository, no glob: "CHANGELOG.md".
std::string fault_of_file(std::string_view path);
/// A Git ref in full with {tag} once: "refs/lockstep/candidates/{tag}".
std::string fault_of_candidate(std::string_view ref);
/// A text of one line, with no placeholder but {tag} and {version}.
std::string fault_of_message(std::string_view message);
/// An image's tag, with no placeholder but {version}, {major}, {minor} and {patch}.
std::string fault_of_alias(std::string_view alias);
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
