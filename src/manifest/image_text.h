#pragma once

#include <string_view>

namespace lockstep::manifest {

/// How sure the place already is that an image stands there.
enum class Certainty {
    certain,   // it is an image by the place's definition: anything but nothing
    likely,    // the place is called after images: a reference with a tag or a digest
    unlikely,  // any text: a registry or organisation, and a tag that reads as a version
};

/// Whether `text` is taken for an image at a place of that kind.
bool is_image(std::string_view text, Certainty certainty);

}  // namespace lockstep::manifest
