#pragma once

#include <string>
#include <vector>

namespace lockstep::manifest {

/// Where images are named beyond pod templates, as the project says. What everybody names by the
/// same convention is found without.
struct Fields {
    /// Globs (base/glob.h) of names of environment variables whose value is an image.
    std::vector<std::string> environment;
    /// Flags whose value is an image, as `--flag=image` or as two arguments.
    std::vector<std::string> arguments;
    /// Paths in any object: "spec.image", "spec.images[].ref", "data.image\.tag". A list needs []
    /// or [N]; `*` is any one key.
    std::vector<std::string> paths;

    bool operator==(const Fields&) const = default;
};

}  // namespace lockstep::manifest
