#include "verify/image_words.h"

#include "base/backticks.h"
#include "evidence/images.h"
#include "verify/image_claims.h"

namespace lockstep::verify {

namespace {

/// The beginning of a commit's id, as people write one; anything else as it is.
std::string shown_commit(const std::string& text) {
    constexpr std::size_t digits = 12;
    const bool is_id =
        text.size() >= 40 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    return in_backticks(is_id ? text.substr(0, digits) : text);
}

/// " (the commit of v1.2.2)", where something is to be added.
std::string behind(const std::string& detail) {
    return detail.empty() ? "" : " (" + detail + ")";
}

}  // namespace

std::string message_of(const JudgedImage& image, const ImageFault& fault,
                       const std::string& release) {
    const std::string subject = "image " + in_backticks(image.reference);
    switch (fault.fault) {
        case Fault::image_missing:
            return subject + " does not exist: " + in_backticks(fault.detail) + " holds none";
        case Fault::platform_missing:
            return subject + " is not there for " + fault.found + ", as " +
                   in_backticks(fault.detail) + " is";
        case Fault::other_digest:
            return subject + " is pinned to another digest than its tag resolves to" +
                   behind(fault.detail);
        case Fault::other_revision:
            return subject + " says that it was built from " + shown_commit(fault.found) +
                   behind(fault.detail) + "; " + release + " expects " +
                   shown_commit(fault.expected);
        case Fault::other_version:
            return subject + " says that it is version " + in_backticks(fault.found) +
                   behind(fault.detail) + "; " + release + " expects " +
                   in_backticks(fault.expected);
        case Fault::no_label:
            return subject + " has no label " + in_backticks(fault.expected) +
                   " of its own, which lockstep.yaml requires" + behind(fault.detail);
        case Fault::retired_registry:
            return subject + " is declared in " + in_backticks(fault.found) + ", which " +
                   fault.detail;
        default:
            return subject;
    }
}

std::string hint_of(const JudgedImage& image, const ImageFault& fault,
                    const manifest::Declaration& place) {
    const std::string at = to_string(place.at);
    switch (fault.fault) {
        case Fault::image_missing:
            return fault.severity == Severity::note
                       ? "publish it before anybody applies what declares it"
                       : "publish it, or name one that exists at " + at + " in the next release";
        case Fault::platform_missing:
            return "build the image for it again, or tell the users of that platform to stay";
        case Fault::other_digest:
            return "find out who moved the tag; pin at " + at + " what was tested";
        case Fault::other_revision:
        case Fault::other_version:
            return "build the image from the commit that is tagged, and let the build write its "
                   "labels; a published image stays as it is";
        case Fault::no_label:
            return "let the build write " + in_backticks(fault.expected) + " for every platform";
        case Fault::retired_registry:
            if (fault.expected.empty())
                return "publish the image elsewhere and name it so at " + at;
            return "name " +
                   in_backticks(fault.expected +
                                image.reference.substr(image.reference.find('/'))) +
                   " at " + at + ", where the image is published there";
        default:
            return {};
    }
}

}  // namespace lockstep::verify
