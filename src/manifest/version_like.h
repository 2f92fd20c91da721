#pragma once

#include <string_view>

namespace lockstep::manifest {

/// Whether a text reads as a version, as far as that can be told with no project in mind: "v1.2.3",
/// "1.2", "vv1.0.86", "v5.0.0-rc3", "20260712". Not "latest", "release-1.34", "1f3c9e2", "v1beta1".
bool is_version_like(std::string_view text);

/// The same, and sure enough of it for free text, where "file.go:12" is no image: with a dot or a
/// leading v.
bool is_clearly_version(std::string_view text);

/// Whether `a` comes before `b` as a version; what is none to `version::Version` comes first.
bool is_older(std::string_view a, std::string_view b);

}  // namespace lockstep::manifest
