#include "manifest/image_text.h"

#include <cstddef>

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

bool matches_name(std::string_view glob, std::string_view name) {
    std::size_t at = 0;
    std::size_t in_name = 0;
    std::size_t star = std::string_view::npos;  // where to go on after a mismatch
    std::size_t star_name = 0;
    while (in_name < name.size()) {
        if (at < glob.size() && glob[at] == '*') {
            star = at++;
            star_name = in_name;
        } else if (at < glob.size() && (glob[at] == '?' || glob[at] == name[in_name])) {
            ++at;
            ++in_name;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            in_name = ++star_name;
        } else {
            return false;
        }
    }
    while (at < glob.size() && glob[at] == '*') ++at;
    return at == glob.size();
}

}  // namespace lockstep::manifest
