#include "cli/pins.h"

#include "cli/answerers.h"
#include "cli/output.h"
#include "images/stores.h"
#include "oci/reference.h"

namespace lockstep::cli {

namespace {

/// The tag that each image shall have. A place whose tag is made from a chart's appVersion does not
/// say how images are called, so that it counts only where no other place says it.
std::map<std::string, std::string> tags_of(const verify::ReleaseVerdict& release,
                                           const std::string& tag) {
    std::map<std::string, std::string> tags;
    for (const bool by_default : {false, true}) {
        for (const verify::Judged& judged : release.declarations) {
            const manifest::Declaration& declaration = *judged.declaration;
            if (declaration.subject != manifest::Subject::image || judged.expected.empty() ||
                declaration.by_default != by_default ||
                declaration.surface == manifest::Surface::text ||
                judged.fault == verify::Fault::intended)
                continue;
            tags.try_emplace(declaration.image, by_default ? tag : judged.expected);
        }
    }
    return tags;
}

Result<std::string> digest_of(const std::string& text, Answerers& answerers) {
    const oci::Reference reference = TRY(oci::Reference::parse(text));
    const workspace::Answerer answerer = TRY(answerers.find(reference));
    const images::ManifestName names[] = {images::manifest_name(reference)};
    return TRY(answerer.store->resolve(names).front()).digest.str();
}

}  // namespace

Result<Pins> find_pins(const verify::ReleaseVerdict& release, const workspace::Workspace& workspace,
                       const Options& options, const std::string& tag) {
    // An answer of before would pin what the tag stood for then.
    Options fresh = options;
    fresh.registry_cache = {};
    Answerers answerers(workspace, fresh, AskRegistry::require);
    for (const std::string& notice : answerers.notices()) print_warning(notice);
    Pins pins;
    for (const auto& [image, image_tag] : tags_of(release, tag)) {
        const std::string reference = image + ':' + image_tag;
        pins.emplace(image, TRY(digest_of(reference, answerers), "`" + reference + "`"));
    }
    return pins;
}

}  // namespace lockstep::cli
