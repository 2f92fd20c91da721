#pragma once

#include <string>
#include <vector>

#include "support/image_maker.h"

/// Images into and out of registries by curl: without a line of lockstep's own client.
namespace lockstep::testing {

/// Puts it into a registry, under its digest and, where `tag` is not empty, that tag. `curl_args`
/// say how to get in: {"-u", "alice:secret"}, {"--cacert", FILE}. Throws where the registry
/// refuses.
void push_image(const std::string& registry_url, const std::string& repository,
                const MadeImage& image, const std::string& tag,
                const std::vector<std::string>& curl_args = {});
/// More tags on what is already there, in one go.
void push_tags(const std::string& registry_url, const std::string& repository,
               const MadeImage& image, const std::vector<std::string>& tags);
/// The manifest under a tag or digest, as the registry has it; "" where it is not there.
std::string pull_manifest(const std::string& registry_url, const std::string& repository,
                          const std::string& tag_or_digest,
                          const std::vector<std::string>& curl_args = {});

}  // namespace lockstep::testing
