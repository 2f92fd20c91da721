#include "edit/wish.h"

#include <algorithm>
#include <set>
#include <utility>

#include "verify/series.h"
#include "version/style.h"

namespace lockstep::edit {

namespace {

using manifest::Declaration;
using manifest::Subject;
using verify::Fault;
using verify::Verdict;

/// Whether what is expected at a place is the release's version, not that of a copy for another.
bool is_of_release(const std::string& expected, const evidence::Release& release,
                   const Options& options) {
    if (expected == options.tag || expected == options.version) return true;
    if (const auto written = version::read_written(expected))
        if (written->version == *release.version) return true;
    if (release.version->build().empty()) return false;
    std::string version = release.version->str();  // no image tag holds a "+"
    std::ranges::replace(version, '+', '-');
    return expected.ends_with(version);
}

bool is_configured(const Declaration& declaration, const project::Project& project) {
    for (const project::Chart& chart : project.charts) {
        if (chart.path != declaration.root) continue;
        return declaration.subject == Subject::chart_version ? chart.version.has_value()
                                                             : chart.app_version.has_value();
    }
    return false;
}

/// The new version in the writing of the old one: "release-1.1.0-alpine" → "release-1.2.0-alpine".
std::string in_its_writing(const Declaration& declaration, const std::string& expected,
                           const evidence::Release& release, const project::Project& project) {
    const auto written = version::read_written(declaration.declared);
    if (!written) return expected;
    const std::string prefix = written->prefix == "vv" ? "v" : written->prefix;
    const bool is_v = prefix.empty() || prefix == "v";
    std::string text = expected;
    switch (declaration.subject) {
        case Subject::chart_version:
        case Subject::app_version:
        case Subject::object_version:
            // What stands there decides for what installs it: an appVersion is an image's tag.
            if (!is_configured(declaration, project)) text = prefix + release.version->str();
            break;
        case Subject::remote_ref:
            // A pattern of the configuration has told where the version begins.
            if (declaration.image.empty()) text = prefix + release.version->str();
            return text;
        case Subject::image:
            // The judge knows by the other releases whether there is a "v", and no more.
            if (!is_v && !expected.starts_with(prefix)) {
                text = prefix + release.version->str();
                std::ranges::replace(text, '+', '-');
            }
            break;
    }
    if (!text.ends_with(written->suffix)) text += written->suffix;
    return text;
}

Result<std::string> digest_for(const Declaration& declaration, const Options& options) {
    const auto exact = options.digests.find(declaration.image);
    if (exact != options.digests.end()) return exact->second;
    std::set<std::string> found;
    for (const auto& [name, digest] : options.digests)
        if (verify::family(name) == verify::family(declaration.image)) found.insert(digest);
    if (found.size() == 1) return *found.begin();
    return fail(Error::Kind::not_found,
                "`" + declaration.image + "` should be pinned, and its digest is not known",
                "build the image, or leave the place out with `paths` in lockstep.yaml",
                declaration.at);
}

bool is_prose(const Declaration& declaration) {
    return declaration.surface == manifest::Surface::text;
}

}  // namespace

Result<std::optional<Wish>> wish_of(const verify::Judged& judged, const evidence::Release& release,
                                    const project::Project& project, const Options& options) {
    const Declaration& declaration = *judged.declaration;
    if (judged.verdict == Verdict::independent || judged.fault == Fault::placeholder ||
        judged.fault == Fault::intended || judged.expected.empty())
        return std::nullopt;
    if (is_prose(declaration) &&
        (judged.verdict == Verdict::floating || declaration.at.path == project.release.changelog))
        return std::nullopt;
    if (!is_of_release(judged.expected, release, options)) return std::nullopt;

    Wish wish{.declaration = &declaration};
    wish.is_floating = judged.verdict == Verdict::floating ||
                       (declaration.declared.empty() && declaration.digest.empty());
    // Another name of the image, or a pin, is nothing that its version says.
    wish.is_said = judged.verdict == Verdict::consistent || judged.fault == Fault::same_digest ||
                   judged.fault == Fault::other_registry;
    if (wish.is_said)
        wish.text = declaration.declared;
    else if (declaration.subject == Subject::remote_ref && !declaration.image.empty())
        wish.text = options.tag;
    else
        wish.text = in_its_writing(declaration, judged.expected, release, project);
    const bool may_pin = declaration.subject == Subject::image && !options.digests.empty() &&
                         (!is_prose(declaration) || !declaration.digest.empty());
    if (may_pin) wish.digest = TRY(digest_for(declaration, options));
    return wish;
}

std::string name_of(const manifest::Declaration& declaration) {
    const std::string of = " of " + (declaration.root.empty() ? "." : declaration.root);
    const bool is_chart = declaration.surface == manifest::Surface::helm;
    if (declaration.subject == Subject::chart_version && is_chart) return "version" + of;
    if (declaration.subject == Subject::app_version && is_chart) return "appVersion" + of;
    if (declaration.image.empty()) return "text";
    return declaration.image;
}

}  // namespace lockstep::edit
