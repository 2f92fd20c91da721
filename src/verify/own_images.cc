#include "verify/own_images.h"

#include <algorithm>
#include <functional>
#include <set>

namespace lockstep::verify {

namespace {

/// Names are compared without case and punctuation: argo-cd publishes `argocd`.
std::string bare(std::string_view name) {
    std::string text;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) text += c;
    }
    return text;
}

std::string_view base_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}
std::string_view name_space(std::string_view family) {
    const std::size_t slash = family.find('/');
    return slash == std::string_view::npos ? std::string_view() : family.substr(0, slash);
}

enum class Likeness { none, related, same };

/// How much an image is called like the project.
Likeness likeness(std::string_view family, std::string_view project) {
    const std::string wanted = bare(project);
    if (wanted.size() < 2) return Likeness::none;
    const std::string image = bare(base_name(family));
    if (image == wanted) return Likeness::same;
    if (bare(name_space(family)) == wanted) return Likeness::related;
    // "longhorn-manager" of longhorn; not "argocd" of "argo": the name must end at a dash.
    const std::string_view base = base_name(family);
    for (std::size_t at = base.find_first_of("-_."); at != std::string_view::npos;
         at = base.find_first_of("-_.", at + 1))
        if (bare(base.substr(0, at)) == wanted) return Likeness::related;
    return Likeness::none;
}

std::set<std::string> chart_names(const evidence::History& history) {
    std::set<std::string> names;
    for (const evidence::Release& release : history.releases) {
        if (!release.tree) continue;
        for (const auto& unit : release.tree->units) {
            if (unit->kind != evidence::Unit::Kind::chart) continue;
            for (const manifest::Declaration& declaration : unit->facts.declarations)
                if (declaration.subject == manifest::Subject::chart_version)
                    names.insert(declaration.image);
        }
    }
    return names;
}

/// The components of a mono-repository whose releases are no charts.
std::set<std::string> component_names(const evidence::History& history) {
    std::set<std::string> names;
    for (const evidence::TagFamily& family : history.tag_families)
        if (!family.is_chart) names.emplace(base_name(family.component));
    names.erase("");
    return names;
}

/// "acme" of "github.com/acme/app".
std::string_view owner_of(std::string_view repository) {
    return name_space(family(repository));
}

/// Called like the project, but with versions of its own. A single release shows that by a version
/// which never was one of the project's.
bool is_sibling(const Series& seen) {
    return seen.is_apart() || (seen.versioned == 1 && seen.in_step == 0 && seen.known == 0);
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
    return text;
}

}  // namespace

OwnImages::OwnImages(const evidence::History& history, const project::Project& project,
                     const SeriesTable& series)
    : project_(project),
      project_name_(project.name.empty() ? history.project : project.name),
      repository_(history.repository) {
    if (project.images.empty()) {
        discover(history, series);
    } else {
        take_configured(series);
    }
    std::ranges::sort(names_);
}

void OwnImages::take_configured(const SeriesTable& series) {
    for (const project::Image& image : project_.images) {
        families_.emplace(family(image.name));
        for (const std::string& alias : image.aliases) families_.emplace(family(alias));
        names_.push_back(image.name);
    }
    for (const std::string& name : families_)
        for (const std::string& seen : series.names(name))
            if (std::ranges::find(names_, seen) == names_.end()) names_.push_back(seen);
}

void OwnImages::discover(const evidence::History& history, const SeriesTable& series) {
    std::vector<std::string> by_name, by_step, apart;
    const auto take_like = [&](std::string_view project, const auto& is_wanted) {
        for (const auto& [name, seen] : series.images()) {
            const Likeness like = likeness(name, project);
            if (like == Likeness::none || families_.contains(name) || !is_wanted(seen)) continue;
            if (like == Likeness::related && is_sibling(seen)) {
                apart.push_back(name);
                continue;
            }
            families_.insert(name);
            by_name.push_back(name);
        }
    };
    const auto any = [](const Series&) { return true; };
    take_like(project_name_, any);
    std::string called = project_name_;
    const std::set<std::string> components = component_names(history);
    for (const std::string& component : components) take_like(component, any);
    if (families_.empty()) {
        // A clone in a folder of any name: the chart says what the project is called, unless it
        // installs somebody else's program.
        const auto keeps_step = [](const Series& seen) {
            return seen.versioned == 0 || seen.in_step > 0;
        };
        for (const std::string& chart : chart_names(history)) {
            take_like(chart, keeps_step);
            if (!families_.empty()) {
                called = chart;
                break;
            }
        }
    }
    std::set<std::string, std::less<>> own_spaces{std::string(owner_of(repository_))};
    for (const std::string& name : families_) own_spaces.emplace(name_space(name));
    const auto is_related = [&](const std::string& name) {
        return own_spaces.contains(name_space(name));
    };
    const bool known_owner =
        !families_.empty() || std::ranges::any_of(series.images(), [&](const auto& image) {
            return is_related(image.first) && image.second.follows();
        });
    for (const auto& [name, seen] : series.images()) {
        if (families_.contains(name)) continue;
        // One release shows little: an image of the public library is nobody's own.
        const bool only_sign =
            families_.empty() && seen.releases == 1 && seen.exact == 1 && !name_space(name).empty();
        // Beside images that are surely own, one of another owner must do more than stand at the
        // project's version now and then.
        const bool in_step =
            seen.follows() && (!known_owner || is_related(name) || seen.is_brisk());
        if (in_step || only_sign) by_step.push_back(name);
    }
    families_.insert(by_step.begin(), by_step.end());

    for (const std::string& name : families_)
        for (const std::string& full : series.names(name)) names_.push_back(full);
    for (auto* list : {&by_name, &by_step, &apart}) std::ranges::sort(*list);
    if (!by_name.empty())
        assumptions_.push_back(
            "own images by name: " + joined(by_name) + " (the project is called `" + called + "`" +
            (called == project_name_ ? ", from " + history.project_source : ", from its chart") +
            ")");
    if (!by_step.empty())
        assumptions_.push_back("own images by behaviour: " + joined(by_step) +
                               " (their versions move with the releases)");
    if (!apart.empty())
        assumptions_.push_back("not taken for own: " + joined(apart) +
                               " (called like the project, but with versions of their own)");
    if (families_.empty())
        assumptions_.push_back(
            "no image was recognised as the project's own: name them under `images:` in "
            "lockstep.yaml");
}

bool OwnImages::contains(std::string_view image) const {
    return families_.contains(std::string(family(image)));
}

bool OwnImages::may_be_own(std::string_view image) const {
    if (contains(image) || families_.empty()) return true;
    return is_called_like_project(image);
}

bool OwnImages::is_called_like_project(std::string_view image) const {
    return project_.images.empty() && likeness(family(image), project_name_) != Likeness::none;
}

const project::Image* OwnImages::configured(std::string_view image) const {
    const std::string_view wanted = family(image);
    for (const project::Image& entry : project_.images) {
        if (family(entry.name) == wanted) return &entry;
        for (const std::string& alias : entry.aliases)
            if (family(alias) == wanted) return &entry;
    }
    return nullptr;
}

bool OwnImages::is_other_name(std::string_view image) const {
    const project::Image* const entry = configured(image);
    if (entry == nullptr || retired(image) != nullptr) return false;
    return image != entry->name && std::ranges::find(entry->aliases, image) == entry->aliases.end();
}

const std::string* OwnImages::retired(std::string_view image) const {
    const project::Image* const entry = configured(image);
    if (entry == nullptr) return nullptr;
    const auto found = std::ranges::find_if(entry->retired, [&](const std::string& retired) {
        return image == retired || image.starts_with(retired + "/");
    });
    return found == entry->retired.end() ? nullptr : &*found;
}

bool OwnImages::is_own_repository(std::string_view repository) const {
    if (repository.empty()) return true;  // a configured text pattern names no repository
    if (!repository_.empty()) return repository == repository_;
    return !project_name_.empty() && bare(base_name(repository)) == bare(project_name_);
}

}  // namespace lockstep::verify
