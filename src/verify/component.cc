#include "verify/component.h"

#include <algorithm>

#include "base/file_tree.h"

namespace lockstep::verify {

namespace {

/// "api" and "platform-api" of the project platform are both the component api.
bool is_called(std::string_view name, std::string_view component, std::string_view project) {
    if (name == component) return true;
    return !project.empty() && name.size() == project.size() + 1 + component.size() &&
           name.starts_with(project) && name.ends_with(component) && name[project.size()] == '-';
}

bool is_in_folder(std::string_view path, std::string_view component) {
    const std::string_view file = file_name(path);
    if (file.substr(0, file.find('.')) == component) return true;
    for (std::string_view rest = parent_path(path); !rest.empty(); rest = parent_path(rest))
        if (file_name(rest) == component) return true;
    return false;
}

}  // namespace

bool is_chart_component(std::string_view component, const evidence::History& history) {
    return std::ranges::any_of(history.tag_families, [&](const evidence::TagFamily& family) {
        return family.is_chart && family.component == component;
    });
}

const Timeline& timeline_of_images(std::string_view component, const evidence::History& history,
                                   const Timelines& timelines) {
    return is_chart_component(component, history) ? timelines.product() : timelines.of(component);
}

bool is_of_component(const manifest::Declaration& declaration, std::string_view component,
                     const evidence::History& history) {
    if (is_chart_component(component, history)) return false;
    const std::string_view name = file_name(declaration.image);
    if (is_called(name, component, history.project)) return true;
    for (const evidence::TagFamily& family : history.tag_families)
        if (!family.is_chart && is_called(name, family.component, history.project)) return false;
    return is_in_folder(declaration.at.path, component);
}

}  // namespace lockstep::verify
