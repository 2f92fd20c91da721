#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "project/project.h"

namespace lockstep::verify {

/// The images that a user means by names: "descheduler" is every image whose last path element that
/// is, "descheduler/descheduler" and longer ones those that end in the same two, as families do.
struct NamedImages {
    std::vector<project::Image> images;  // entries of the configuration where it has them
    std::vector<std::string> missing;    // names that no release which is judged declares
};
NamedImages named_images(std::span<const std::string> names, const evidence::History& history,
                         const project::Project& project);

/// Full names of the images that the judged releases declare, each once, sorted.
std::vector<std::string> declared_images(const evidence::History& history);

/// Whether `name`, as a user types it, means the image that is called `image`.
bool means_image(std::string_view name, std::string_view image);

}  // namespace lockstep::verify
