#include "manifest/image_text.h"

#include "manifest/version_like.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

bool is_likely_image(std::string_view text) {
    // ko builds what a Go import path names and puts the image there.
    if (text.starts_with("ko://")) return true;
    const oci::Parts parts = oci::split(text);
    return (!parts.tag.empty() || !parts.digest.empty()) && oci::Reference::parse(text).has_value();
}

}  // namespace

bool is_image(std::string_view text, Certainty certainty) {
    switch (certainty) {
        case Certainty::certain:
            return !text.empty();
        case Certainty::likely:
            return is_likely_image(text);
        case Certainty::unlikely: {
            const oci::Parts parts = oci::split(text);
            return parts.name.find('/') != std::string_view::npos &&
                   (is_clearly_version(parts.tag) || !parts.digest.empty()) &&
                   oci::Reference::parse(text).has_value();
        }
    }
    return false;
}

}  // namespace lockstep::manifest
