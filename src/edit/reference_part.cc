#include "edit/reference_part.h"

#include <string>

namespace lockstep::edit {

namespace {

using manifest::Declaration;
using manifest::Subject;

/// A character that a version, a tag or a digest would go on with.
bool continues(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == '+' || c == '@';
}

/// Where `sought` stands in `content`, the only time and not as the beginning of more.
std::optional<std::size_t> find_once(std::string_view content, std::string_view sought) {
    std::optional<std::size_t> found;
    for (std::size_t at = 0; (at = content.find(sought, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + sought.size();
        // A full stop may end a sentence.
        const bool goes_on = end < content.size() && continues(content[end]) &&
                             !(content[end] == '.' && end + 1 == content.size());
        if (goes_on) continue;
        if (found) return std::nullopt;
        found = at;
    }
    return found;
}

std::string_view base_name(std::string_view image) {
    const std::size_t slash = image.rfind('/');
    return slash == std::string_view::npos ? image : image.substr(slash + 1);
}

/// `version` behind the first of `leads` with which it stands there.
template <std::size_t count>
std::optional<Part> find_behind(std::string_view content, const std::string (&leads)[count],
                                const std::string& version) {
    for (const std::string& lead : leads)
        if (const auto at = find_once(content, lead + version))
            return Part{*at + lead.size(), version.size(), true};
    return std::nullopt;
}

std::optional<Part> find_tag(std::string_view content, const Declaration& declaration) {
    const std::string& image = declaration.image;
    const std::string base(base_name(image));
    if (declaration.declared.empty() && declaration.digest.empty()) {
        if (base.empty() || !content.ends_with(base)) return std::nullopt;
        return Part{content.size(), 0, true};
    }
    const std::string pin = declaration.digest.empty() ? "" : '@' + declaration.digest;
    if (declaration.declared.empty()) {
        if (content == declaration.digest) return Part{0, content.size(), false};
        const std::string leads[] = {image, base, ""};
        return find_behind(content, leads, pin);
    }
    const std::string leads[] = {image + ':', base + ':', ":"};
    if (auto part = find_behind(content, leads, declaration.declared + pin)) return part;
    // The pin may stand in a field of its own.
    if (!pin.empty())
        if (auto part = find_behind(content, leads, declaration.declared)) return part;
    // "tag=v1.1.0", which a generated ConfigMap hands on.
    const auto at = find_once(content, '=' + declaration.declared);
    return at ? std::optional(Part{*at + 1, declaration.declared.size(), false}) : std::nullopt;
}

}  // namespace

std::optional<Part> find_part(std::string_view content, const Declaration& declaration) {
    const std::string& declared = declaration.declared;
    if (!declared.empty() && content == declared) return Part{0, content.size(), false};
    if (declaration.subject == Subject::image) return find_tag(content, declaration);
    if (declared.empty()) return std::nullopt;
    if (declaration.subject == Subject::remote_ref) {
        const std::string leads[] = {"ref=", "version="};
        if (auto part = find_behind(content, leads, declared)) {
            part->is_reference = false;
            return part;
        }
    }
    const auto at = find_once(content, declared);
    return at ? std::optional(Part{*at, declared.size(), false}) : std::nullopt;
}

}  // namespace lockstep::edit
