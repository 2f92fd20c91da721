#pragma once

#include <map>
#include <string>
#include <vector>

#include "changes/upgrade.h"

namespace lockstep::changes {

/// What a registry says of an image.
struct ImageAnswer {
    enum class State : std::uint8_t { unknown, missing, found };

    State state = State::unknown;
    std::string reason;                  // of `unknown`
    std::vector<std::string> platforms;  // of `found`: "linux/amd64"; empty: it says none
};

/// The images that containers go from and to, as the manifests write them, each once.
std::vector<std::string> images_of(const Upgrade& upgrade);

/// Says which new images are not there, and which lack a platform that the old one has. What nobody
/// could be told of is a notice, and makes `is_image_unknown` true.
void judge_images(const std::map<std::string, ImageAnswer, std::less<>>& answers, Upgrade& upgrade);

}  // namespace lockstep::changes
