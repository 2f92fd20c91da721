#pragma once

#include <string>

#include "evidence/images.h"

namespace lockstep::verify {

/// Whether `digest` is the image's, or that of one of its platforms: who pins a platform's manifest
/// out of an index has pinned the image.
bool holds_digest(const evidence::SeenImage& image, const std::string& digest);

/// What is different in `now` against `before`, in words: "linux/amd64 was rebuilt", "linux/arm64
/// was added", "only annotations differ". Layers and the time of the build tell a rebuilt platform.
std::string change_between(const evidence::SeenImage& before, const evidence::SeenImage& now);

/// "linux/amd64, linux/arm64/v8 and 3 more"
std::string listed(const std::vector<std::string>& names);

}  // namespace lockstep::verify
