#include "verify/digest_change.h"

#include <algorithm>

namespace lockstep::verify {

namespace {

using evidence::SeenImage;
using evidence::SeenPlatform;

constexpr std::size_t names_shown = 6;

const SeenPlatform* find(const SeenImage& image, const std::string& name) {
    const auto found = std::ranges::find(image.platforms, name, &SeenPlatform::name);
    return found == image.platforms.end() ? nullptr : &*found;
}

std::vector<std::string> only_in(const SeenImage& image, const SeenImage& other) {
    std::vector<std::string> names;
    for (const SeenPlatform& platform : image.platforms)
        if (find(other, platform.name) == nullptr) names.push_back(platform.name);
    return names;
}

void say(std::string& text, const std::vector<std::string>& names, const char* what) {
    if (names.empty()) return;
    text += (text.empty() ? "" : ", ") + listed(names) + (names.size() == 1 ? " was " : " were ") +
            what;
}

}  // namespace

bool holds_digest(const SeenImage& image, const std::string& digest) {
    return image.digest == digest ||
           std::ranges::find(image.platforms, digest, &SeenPlatform::digest) !=
               image.platforms.end();
}

std::string change_between(const SeenImage& before, const SeenImage& now) {
    std::vector<std::string> rebuilt, relabelled;
    for (const SeenPlatform& platform : now.platforms) {
        const SeenPlatform* const former = find(before, platform.name);
        if (former == nullptr || former->digest == platform.digest) continue;
        if (former->diff_ids != platform.diff_ids || former->created != platform.created)
            rebuilt.push_back(platform.name);
        else if (former->labels != platform.labels)
            relabelled.push_back(platform.name);
    }
    std::string text;
    say(text, rebuilt, "rebuilt");
    say(text, relabelled, "labelled anew");
    // Who pinned one platform did not see the others go or come.
    if (before.is_index || !now.is_index) {
        say(text, only_in(now, before), "added");
        say(text, only_in(before, now), "removed");
    }
    if (!text.empty()) return text;
    return before.artifact_type.empty() && now.artifact_type.empty()
               ? "only annotations or the packing differ"
               : "it is another artifact";
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t at = 0; at < names.size() && at < names_shown; ++at) {
        const bool is_last = at + 1 == names.size();
        text += (at == 0 ? "" : is_last ? " and " : ", ") + names[at];
    }
    if (names.size() > names_shown)
        text += " and " + std::to_string(names.size() - names_shown) + " more";
    return text;
}

}  // namespace lockstep::verify
