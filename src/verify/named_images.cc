#include "verify/named_images.h"

#include <algorithm>
#include <set>

#include "verify/series.h"

namespace lockstep::verify {

namespace {

void add_images(const evidence::Release& release, std::set<std::string>& names) {
    if (!release.tree) return;
    for (const auto& unit : release.tree->units)
        for (const manifest::Declaration& declaration : unit->facts.declarations)
            if (declaration.subject == manifest::Subject::image) names.insert(declaration.image);
}

bool is_meant(std::string_view name, const project::Image& image) {
    return means_image(name, image.name) ||
           std::ranges::any_of(image.aliases,
                               [&](const std::string& alias) { return means_image(name, alias); });
}

bool has_family(const project::Image& image, std::string_view wanted) {
    return family(image.name) == wanted ||
           std::ranges::any_of(image.aliases,
                               [&](const std::string& alias) { return family(alias) == wanted; });
}

/// Adds `image` as one of its own, or to those that have its family. What the configuration says of
/// an image stays as it is: which names it may have, too.
void add_own(std::string image, const project::Project& project,
             std::vector<project::Image>& images) {
    const std::string wanted(family(image));
    const auto is_same = [&](const project::Image& each) { return has_family(each, wanted); };
    if (std::ranges::any_of(project.images, is_same)) return;
    const auto known = std::ranges::find_if(images, is_same);
    if (known == images.end())
        images.push_back({.name = std::move(image)});
    else if (known->name != image)
        known->aliases.push_back(std::move(image));
}

}  // namespace

bool means_image(std::string_view name, std::string_view image) {
    const std::string_view wanted = family(name);
    const std::string_view found = family(image);
    return found == wanted ||
           (!wanted.contains('/') && found.substr(found.rfind('/') + 1) == wanted);
}

std::vector<std::string> declared_images(const evidence::History& history) {
    std::set<std::string> names;
    for (const evidence::Release& release : history.releases)
        if (!release.is_context) add_images(release, names);
    return {names.begin(), names.end()};
}

NamedImages named_images(std::span<const std::string> names, const evidence::History& history,
                         const project::Project& project) {
    NamedImages named;
    const std::vector<std::string> declared = declared_images(history);
    for (const std::string& name : names) {
        bool is_declared = false;
        for (const project::Image& image : project.images)
            if (is_meant(name, image) &&
                std::ranges::find(named.images, image) == named.images.end())
                named.images.push_back(image);
        for (const std::string& image : declared) {
            if (!means_image(name, image)) continue;
            is_declared = true;
            add_own(image, project, named.images);
        }
        if (!is_declared) named.missing.push_back(name);
    }
    // Judgement without images of its own would look for some.
    for (const std::string& name : named.missing) add_own(name, project, named.images);
    return named;
}

}  // namespace lockstep::verify
