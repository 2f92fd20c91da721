#pragma once

#include <string>

#include "trace/seen.h"
#include "workspace/ask_images.h"

namespace lockstep::workspace {

/// Tags that one repository is asked for at most, newest versions first.
inline constexpr std::size_t traced_tags_max = 200;
/// Attachments of one image that are read at most.
inline constexpr std::size_t attachments_max = 100;

/// Adds to an image that was found which tags stand for it now, and what says that it is about it.
void look_around(trace::TracedImage& image, const Answerer& answerer);

/// Adds what says that it is about the image or one of its platforms: referrers, cosign's tags,
/// BuildKit's attestation manifests. What could not be read is there with the reason.
void read_attachments(trace::TracedImage& image, images::Store& store,
                      const std::string& repository);

}  // namespace lockstep::workspace
