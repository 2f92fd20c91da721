#include "cli/suggestion.h"

#include <algorithm>
#include <map>
#include <set>

#include "verify/expectation.h"
#include "verify/series.h"

namespace lockstep::cli {
namespace {

using manifest::Subject;
using verify::Fault;
using verify::Verdict;

std::string of(std::size_t some, std::size_t all, const std::string& what) {
    return std::to_string(some) + " of " + std::to_string(all) + " " + what;
}

class Suggester {
  public:
    Suggester(const evidence::History& history, const verify::Audit& audit)
        : history_(history), audit_(audit) {}

    Suggestion suggest() {
        add_name();
        add_images();
        add_tags();
        add_charts();
        add_floating_paths();
        return std::move(result_);
    }

  private:
    void explain(const char* list, std::size_t index, std::string text) {
        result_.reasons.push_back(
            {std::string(list) + "[" + std::to_string(index) + "]", std::move(text)});
    }

    void add_name() {
        result_.project.name = history_.project;
        result_.reasons.push_back({"name", "from " + history_.project_source});
    }

    /// The declared names of each of the project's images, the newest first.
    std::map<std::string, std::vector<std::string>> names_by_family() const {
        std::map<std::string, std::vector<std::string>> families;
        for (auto release = audit_.releases.rbegin(); release != audit_.releases.rend(); ++release)
            for (const verify::Judged& judged : release->declarations) {
                const manifest::Declaration& declaration = *judged.declaration;
                if (declaration.subject != Subject::image || declaration.image.empty()) continue;
                auto& names = families[std::string(verify::family(declaration.image))];
                if (std::find(names.begin(), names.end(), declaration.image) == names.end())
                    names.push_back(declaration.image);
            }
        return families;
    }

    void add_images() {
        for (const auto& [family, names] : names_by_family()) {
            const auto& own = audit_.own_images;
            const bool is_own = std::any_of(names.begin(), names.end(), [&](auto& name) {
                return std::find(own.begin(), own.end(), name) != own.end();
            });
            if (!is_own) continue;
            explain("images", result_.project.images.size(), reason_for(family));
            result_.project.images.push_back(
                {.name = names.front(), .aliases = {names.begin() + 1, names.end()}});
        }
    }

    std::string reason_for(const std::string& family) const {
        std::size_t declaring = 0;
        for (const verify::ReleaseVerdict& release : audit_.releases)
            declaring += std::any_of(release.declarations.begin(), release.declarations.end(),
                                     [&](const verify::Judged& judged) {
                                         return judged.declaration->subject == Subject::image &&
                                                verify::family(judged.declaration->image) == family;
                                     });
        return "declared at " + of(declaring, audit_.releases.size(), "releases");
    }

    static std::optional<version::TagPattern> pattern_of(const evidence::Release& release) {
        if (!release.version.has_value() || release.tag.empty()) return std::nullopt;
        const std::size_t at = release.tag.rfind(release.version->str());
        if (at == std::string::npos) return std::nullopt;
        std::string text = release.tag;
        auto pattern = version::TagPattern::parse(
            text.replace(at, release.version->str().size(), "{version}"));
        if (!pattern) return std::nullopt;
        return std::move(*pattern);
    }

    void add_tags() {
        std::map<std::string, std::size_t> counts;
        std::size_t all = 0;
        for (const evidence::Release& release : history_.releases) {
            if (!release.component.empty()) continue;
            if (const auto pattern = pattern_of(release)) ++counts[pattern->str()];
            ++all;
        }
        for (const auto& [text, count] : counts) {
            auto pattern = version::TagPattern::parse(text);
            if (!pattern) continue;
            explain("tags", result_.project.tags.size(), of(count, all, "releases"));
            result_.project.tags.push_back(std::move(*pattern));
        }
    }

    /// A chart that has tags of its own is released apart from the product.
    void add_charts() {
        std::map<std::string, std::string> charts;  // directory → name
        for (const verify::ReleaseVerdict& release : audit_.releases)
            for (const verify::Judged& judged : release.declarations)
                if (judged.declaration->subject == Subject::chart_version)
                    charts[judged.declaration->root] = judged.declaration->image;
        for (const auto& [directory, name] : charts) {
            const std::string component = verify::chart_component(name, history_);
            if (component.empty()) continue;
            const auto last =
                std::find_if(history_.releases.rbegin(), history_.releases.rend(),
                             [&](const auto& release) { return release.component == component; });
            if (last == history_.releases.rend()) continue;
            const auto pattern = pattern_of(*last);
            if (!pattern) continue;
            explain("charts", result_.project.charts.size(),
                    "has tags of its own, the newest is " + last->tag);
            result_.project.charts.push_back({.path = directory, .tags = pattern});
        }
    }

    /// Where every release that has a place floats there, floating is what is meant.
    void add_floating_paths() {
        struct Count {
            std::size_t floating = 0, all = 0;
        };
        std::map<std::string, Count> places;
        for (const verify::ReleaseVerdict& release : audit_.releases) {
            std::map<std::string, bool> floats;  // in this release; false as soon as one does not
            for (const verify::Judged& judged : release.declarations) {
                const manifest::Declaration& declaration = *judged.declaration;
                if (declaration.subject != Subject::image ||
                    declaration.surface == manifest::Surface::text)
                    continue;
                const std::string place =
                    declaration.root.empty() ? declaration.at.path : declaration.root + "/**";
                const bool is_floating = judged.verdict == Verdict::floating ||
                                         judged.fault == Fault::floating ||
                                         judged.fault == Fault::placeholder;
                const auto [at, is_new] = floats.emplace(place, is_floating);
                if (!is_new) at->second = at->second && is_floating;
            }
            for (const auto& [place, is_floating] : floats) {
                ++places[place].all;
                if (is_floating) ++places[place].floating;
            }
        }
        for (const auto& [place, count] : places) {
            if (count.all < 3 || count.floating < count.all) continue;
            explain("paths", result_.project.paths.size(),
                    "no release ever named a version here; the versioned file may be a release "
                    "asset");
            result_.project.paths.push_back(
                {.path = place,
                 .expect = project::PathRule::Expect::floating,
                 .reason =
                     "floats at all " + std::to_string(count.all) + " releases that have it"});
        }
    }

    const evidence::History& history_;
    const verify::Audit& audit_;
    Suggestion result_;
};

}  // namespace

Suggestion suggest(const evidence::History& history, const verify::Audit& audit) {
    return Suggester(history, audit).suggest();
}

}  // namespace lockstep::cli
