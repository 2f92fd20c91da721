#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::manifest {

/// Adds the image names that a text of unknown form seems to mention, each once: whatever stands
/// behind `image:`, `newName:` and the like, and every word that may be an image with a tag. Takes
/// too many rather than too few. Of "app:{{ .Tag }}" and "app:%version%" the name is "app".
///
/// False where that is not all: an image's whole name is a template, or there are more than 1,000.
[[nodiscard]] bool add_mentions(std::string_view text, std::vector<std::string>& names);

/// The same for one text; empty where it is not all, as Gap::mentions wants it.
std::vector<std::string> mentions_of(std::string_view text);

/// Whether a text that is no valid YAML was meant as a Kubernetes object: a line begins with
/// `apiVersion:` or `kind:`.
bool looks_like_manifest(std::string_view text);

}  // namespace lockstep::manifest
