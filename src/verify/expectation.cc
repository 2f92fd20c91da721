#include "verify/expectation.h"

#include <algorithm>

#include "base/glob.h"
#include "evidence/component.h"
#include "manifest/path_kinds.h"
#include "verify/component.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Subject;
using manifest::Surface;

const project::PathRule* path_rule(const project::Project& project,
                                   const Declaration& declaration) {
    for (const project::PathRule& rule : project.paths)
        if (matches_glob(rule.path, declaration.at.path) ||
            (!declaration.root.empty() && matches_glob(rule.path, declaration.root)))
            return &rule;
    return nullptr;
}

/// The version of a versioned copy: the innermost folder called like a whole version
/// ("deploy/v4.1.0"). Folders of two numbers
/// ("deploy/1.27") name Kubernetes versions.
std::optional<version::Version> directory_version(std::string_view path) {
    std::optional<version::Version> found;
    std::string_view rest = parent_path(path);
    while (!rest.empty() && !found) {
        std::string_view name = file_name(rest);
        if (name.starts_with('v')) name.remove_prefix(1);
        if (auto version = version::Version::parse(name); version && version->number_count() >= 3)
            found = std::move(*version);
        rest = parent_path(rest);
    }
    return found;
}

/// The version of a copy that is kept as one file: "deploy/app-1.2.0.yml". Only a version of the
/// product counts: a file may be called after the version of something else.
std::optional<version::Version> file_version(std::string_view path, const Timeline& timeline) {
    std::string_view stem = file_name(path);
    stem = stem.substr(0, stem.rfind('.'));
    auto written = version::read_written(stem);
    if (!written || written->version.number_count() < 3) return std::nullopt;
    if (!timeline.position(written->version)) return std::nullopt;
    return std::move(written->version);
}

/// Whether the file is kept for a line of versions ("app-1.13.yml") which the declared version is
/// of and the release is not.
bool is_of_other_line(const Declaration& declaration, const evidence::Release& release,
                      const Background& background) {
    std::string_view stem = file_name(declaration.at.path);
    stem = stem.substr(0, stem.rfind('.'));
    const auto line = version::read_written(stem);
    const auto declared = background.timelines.of(release.component).read(declaration.declared);
    if (!line || line->version.number_count() != 2 || !declared || !release.version) return false;
    const auto is_of = [&](const version::Version& version) {
        return version.major() == line->version.major() && version.minor() == line->version.minor();
    };
    return is_of(declared->version) && !is_of(*release.version);
}

bool is_of_chart(const Declaration& declaration) {
    return declaration.surface == Surface::helm || declaration.subject == Subject::chart_version;
}

/// The name of the chart that a declaration belongs to; all declarations of a chart's unit share
/// it.
std::string chart_name(const Declaration& declaration, const evidence::Unit& unit) {
    if (declaration.subject != Subject::image) return declaration.image;
    for (const Declaration& other : unit.facts.declarations)
        if (other.subject == Subject::chart_version) return other.image;
    return std::string(file_name(unit.path));
}

const project::Chart* configured_chart(const project::Project& project, std::string_view path) {
    const auto found = std::ranges::find(project.charts, path, &project::Chart::path);
    return found == project.charts.end() ? nullptr : &*found;
}

bool is_placeholder(const Series* series) {
    if (series == nullptr || !series->is_constant()) return false;
    // Right once at most (a placeholder may equal a real old tag), and the same everywhere else.
    return series->exact <= 1;
}

/// A chart's `version` is its own affair unless it has shown to follow the product's, and until it
/// did.
bool follows(const Series* series, const evidence::Release& release) {
    if (series == nullptr || !series->first_exact) return false;
    if (series->exact == series->releases) return true;
    return series->follows() && series->exact * 2 >= series->versioned &&
           (!release.version || *series->first_exact <= *release.version);
}

/// `appVersion` is somebody else's version, as of a chart for a program that is not the project's.
bool is_elsewhere(const Series* app_version, const Series* chart_version) {
    if (app_version == nullptr || !app_version->is_elsewhere()) return false;
    // A single release shows little: there the chart itself must bear the release's version.
    return app_version->versioned >= 2 ||
           (chart_version != nullptr && chart_version->exact == chart_version->releases);
}

/// Whether a declaration belongs to what `release` is a release of. Where the configuration says of
/// which component an image or a chart is, that counts.
bool belongs(const Declaration& declaration, const evidence::Unit& unit,
             const evidence::Release& release, const Background& background) {
    const project::Image* const image = background.own.configured(declaration.image);
    const project::Chart* const chart = unit.kind == evidence::Unit::Kind::chart
                                            ? configured_chart(background.project, unit.path)
                                            : nullptr;
    const bool is_image = declaration.subject == Subject::image;
    const std::string component = is_image && image != nullptr    ? image->component
                                  : !is_image && chart != nullptr ? chart->component
                                                                  : std::string();
    if (!component.empty()) return component == release.component;
    return release.component.empty() ||
           is_of_component(declaration, release.component, background.history);
}

/// What is expected of a chart's own fields, where its versions do not simply follow the product's.
std::optional<Expectation::Kind> special_chart(const Declaration& declaration,
                                               const evidence::Unit& unit,
                                               const evidence::Release& release,
                                               const Background& background) {
    using Kind = Expectation::Kind;
    const std::string name = chart_name(declaration, unit);
    const project::Chart* const configured = configured_chart(background.project, unit.path);
    const std::string component = chart_component(name, background.history);
    if (is_chart_component(release.component, background.history)) {
        if (release.component != component) return Kind::foreign;
        if (declaration.subject == Subject::chart_version) return Kind::version;
        return Kind::own_release;
    }
    if (!belongs(declaration, unit, release, background)) return Kind::foreign;
    if ((configured != nullptr && configured->tags) || !component.empty()) return Kind::independent;
    if (declaration.subject == Subject::image && !declaration.by_default) return std::nullopt;
    const Series* const version = background.series.chart(name, Subject::chart_version);
    const Series* const app = background.series.chart(name, Subject::app_version);
    const bool is_version = declaration.subject == Subject::chart_version;
    if (is_placeholder(is_version ? version : app)) return Kind::placeholder;
    if (is_version) {
        // What a release publishes under its version bears it.
        const bool is_configured =
            configured != nullptr && (configured->version || !configured->publish.empty());
        if (!is_configured && !follows(version, release)) return Kind::independent;
    } else if (is_elsewhere(app, version)) {
        return Kind::independent;
    }
    return std::nullopt;
}

/// What is expected of an object's own version, where it does not simply follow the product's.
Expectation::Kind of_object(const Declaration& declaration, const evidence::Release& release,
                            const Background& background) {
    const Series* const series =
        background.series.chart(declaration.at.path, Subject::object_version);
    if (is_placeholder(series)) return Expectation::Kind::placeholder;
    return follows(series, release) ? Expectation::Kind::version : Expectation::Kind::independent;
}

/// How the configuration says that a chart writes this field; null where it does not say.
const version::TagPattern* chart_writing(const Declaration& declaration,
                                         const project::Project& project) {
    const project::Chart* const chart = configured_chart(project, declaration.root);
    if (chart == nullptr) return nullptr;
    const auto& pattern =
        declaration.subject == Subject::chart_version ? chart->version : chart->app_version;
    const bool is_field = declaration.subject == Subject::chart_version ||
                          declaration.subject == Subject::app_version;
    return is_field && pattern ? &*pattern : nullptr;
}

/// How the expected version should be written at this place.
void write_out(Expectation& expectation, const Declaration& declaration,
               const evidence::Release& release, const Background& background) {
    const version::Version& version = *expectation.version;
    if (declaration.subject == Subject::remote_ref) {
        expectation.text =
            release.tag.empty() || version != *release.version ? "v" + version.str() : release.tag;
        return;
    }
    expectation.text = version.str();
    if (const version::TagPattern* pattern = chart_writing(declaration, background.project)) {
        expectation.text = pattern->format(version);
        expectation.text_is_rule = true;
        return;
    }
    if (declaration.subject != Subject::image || declaration.by_default) return;
    if (const project::Image* image = background.own.configured(declaration.image);
        image != nullptr && image->tag) {
        expectation.text = image->tag->format(version);
        expectation.text_is_rule = true;
        return;
    }
    const Series* const series = background.series.image(family(declaration.image));
    if (series == nullptr || series->versioned == 0) return;
    if (series->with_v * 2 >= series->versioned) expectation.text = "v" + version.str();
    // One release that writes it otherwise than all the others did: a slip. Two or more, or the
    // very first one: a change of style.
    const std::size_t others = std::min(series->with_v, series->versioned - series->with_v);
    const bool usually_with_v = series->with_v * 2 >= series->versioned;
    expectation.text_is_rule =
        series->versioned >= 5 && others == 1 && series->first_with_v == usually_with_v;
}

bool is_own(const Declaration& declaration, const Background& background) {
    if (declaration.subject == Subject::remote_ref)
        return background.own.is_own_repository(declaration.image);
    if (declaration.subject == Subject::image) return background.own.contains(declaration.image);
    // A chart in the tree is the project's; one that a text names, if the tree has it.
    return declaration.surface != Surface::text ||
           background.series.chart(declaration.image, Subject::chart_version) != nullptr;
}

}  // namespace

Background::Background(const evidence::History& past, const project::Project& configured)
    : history(past),
      project(configured),
      timelines(past),
      series(past, timelines),
      own(past, configured, series) {}

std::string chart_component(std::string_view chart, const evidence::History& history) {
    const std::string called = evidence::chart_called(chart);
    std::string found;
    for (const evidence::TagFamily& family : history.tag_families) {
        if (!family.is_chart) continue;
        if (family.component == called) return called;
        if (family.component == evidence::any_chart) found = family.component;
    }
    return found;
}

bool says_that_it_moves(const Declaration& declaration) {
    return manifest::is_meant_to_move(declaration.root + "/.") ||
           manifest::is_meant_to_move(declaration.at.path);
}

Expectation expect(const Declaration& declaration, const evidence::Unit& unit,
                   const evidence::Release& release, const Background& background) {
    using Kind = Expectation::Kind;
    Expectation expectation;
    if (!is_own(declaration, background)) return expectation;

    const project::PathRule* const rule = path_rule(background.project, declaration);
    using Expect = project::PathRule::Expect;
    if (rule != nullptr && rule->expect == Expect::ignored) {
        expectation.kind = Kind::ignored;
        return expectation;
    }
    expectation.may_float =
        rule != nullptr ? rule->expect == Expect::floating : says_that_it_moves(declaration);
    if (is_of_chart(declaration)) {
        if (const auto special = special_chart(declaration, unit, release, background)) {
            expectation.kind = *special;
            expectation.version = release.version;
            if (*special == Kind::version) expectation.text = release.version->str();
            return expectation;
        }
    } else if (!belongs(declaration, unit, release, background)) {
        return expectation;  // the release of one component says nothing about the others
    }
    expectation.kind = Kind::version;
    expectation.version = release.version;
    if (rule == nullptr || rule->expect == Expect::directory) {
        auto version =
            file_version(declaration.at.path, background.timelines.of(release.component));
        if (!version) version = directory_version(declaration.at.path);
        if (version)
            expectation.version = std::move(version);
        else if (is_of_other_line(declaration, release, background))
            expectation.kind = Kind::independent;
        else if (declaration.subject == Subject::object_version)
            expectation.kind = of_object(declaration, release, background);
    }
    if (expectation.version) write_out(expectation, declaration, release, background);
    // No image tag holds a "+".
    if (declaration.subject == Subject::image) std::ranges::replace(expectation.text, '+', '-');
    return expectation;
}

}  // namespace lockstep::verify
