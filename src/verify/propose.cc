#include "verify/propose.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "verify/expectation.h"
#include "version/style.h"

namespace lockstep::verify {

namespace {

using manifest::Declaration;
using manifest::Subject;
using manifest::Surface;

std::string entry(const char* list, std::size_t index) {
    return std::string(list) + '[' + std::to_string(index) + ']';
}

std::string releases(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " release" : " releases");
}

bool is_product(const evidence::Release& release) {
    return release.component.empty() && release.version && release.tree != nullptr;
}

/// The own images of one family over the product's releases, oldest first.
struct Seen {
    std::vector<std::string> names;  // in order of first appearance
    std::vector<version::Written> written;
    std::size_t releases = 0;
};

class Proposer {
  public:
    explicit Proposer(const evidence::History& history)
        : history_(history), background_(history, none_) {}

    Proposal propose() {
        proposal_.project.name = history_.project;
        say("name", "from " + history_.project_source);
        propose_tags();
        propose_images();
        propose_charts();
        propose_paths();
        return std::move(proposal_);
    }

  private:
    void say(std::string about, std::string text) {
        proposal_.reasons.push_back({std::move(about), std::move(text)});
    }

    void propose_tags() {
        std::map<std::string, std::size_t> counts;
        for (const evidence::Release& release : history_.releases) {
            if (!release.component.empty() || !release.version || release.tag.empty()) continue;
            const std::size_t at = release.tag.rfind(release.version->str());
            if (at == std::string::npos) continue;
            std::string pattern = release.tag;
            ++counts[pattern.replace(at, release.version->str().size(), "{version}")];
        }
        for (const auto& [pattern, count] : counts) {
            auto parsed = version::TagPattern::parse(pattern);
            if (!parsed) continue;
            proposal_.project.tags.push_back(std::move(*parsed));
            say(entry("tags", proposal_.project.tags.size() - 1), "the tags of " + releases(count));
        }
    }

    std::map<std::string, Seen> own_images() const {
        std::map<std::string, Seen> seen;
        for (const evidence::Release& release : history_.releases) {
            if (!is_product(release)) continue;
            std::set<std::string> counted;
            for (const auto& unit : release.tree->units)
                for (const Declaration& declaration : unit->facts.declarations)
                    if (declaration.subject == Subject::image &&
                        declaration.surface != Surface::text &&
                        background_.own.contains(declaration.image))
                        add(declaration, seen[std::string(family(declaration.image))], counted);
        }
        return seen;
    }

    static void add(const Declaration& declaration, Seen& seen, std::set<std::string>& counted) {
        const auto known = std::ranges::find(seen.names, declaration.image);
        // The newest name last, so that it becomes the entry's own.
        if (known != seen.names.end()) seen.names.erase(known);
        seen.names.push_back(declaration.image);
        if (counted.insert(std::string(family(declaration.image))).second) ++seen.releases;
        if (declaration.by_default) return;
        if (auto written = version::read_written(declaration.declared))
            seen.written.push_back(std::move(*written));
    }

    void propose_images() {
        for (auto& [name, seen] : own_images()) {
            project::Image image;
            image.name = seen.names.back();
            seen.names.pop_back();
            std::ranges::sort(seen.names);
            image.aliases = std::move(seen.names);
            image.tag = version::usual_pattern(seen.written);
            std::string why = "declared in " + releases(seen.releases);
            if (!image.aliases.empty()) why += "; its former names are aliases";
            if (image.tag) why += "; its tags are mostly written " + image.tag->str();
            proposal_.project.images.push_back(std::move(image));
            say(entry("images", proposal_.project.images.size() - 1), std::move(why));
        }
    }

    /// Charts of the newest release that have tags of their own.
    void propose_charts() {
        const evidence::Release* newest = nullptr;
        for (const evidence::Release& release : history_.releases)
            if (is_product(release)) newest = &release;
        if (newest == nullptr) return;
        for (const auto& unit : newest->tree->units) {
            if (unit->kind != evidence::Unit::Kind::chart) continue;
            const auto version = std::ranges::find(unit->facts.declarations, Subject::chart_version,
                                                   &Declaration::subject);
            if (version == unit->facts.declarations.end()) continue;
            const std::string component = chart_component(version->image, history_);
            if (component.empty()) continue;
            project::Chart chart;
            chart.path = unit->path;
            chart.tags = newest_pattern(component);
            proposal_.project.charts.push_back(std::move(chart));
            say(entry("charts", proposal_.project.charts.size() - 1),
                "it has tags of its own, so it is judged at those");
        }
    }

    /// The pattern of a component's newest tag: a repository may have changed it.
    std::optional<version::TagPattern> newest_pattern(const std::string& component) const {
        const evidence::Release* newest = nullptr;
        for (const evidence::Release& release : history_.releases)
            if (release.component == component &&
                (newest == nullptr || newest->time < release.time))
                newest = &release;
        for (const evidence::TagFamily& family : history_.tag_families) {
            auto pattern = version::TagPattern::parse(family.pattern);
            if (family.component == component && pattern && newest != nullptr &&
                pattern->match(newest->tag))
                return std::move(*pattern);
        }
        return std::nullopt;
    }

    /// Paths where an own image never named a version in the whole history: floating is their
    /// purpose.
    void propose_paths() {
        struct Place {
            std::size_t floating = 0, versioned = 0;
        };
        std::map<std::string, Place> places;
        for (const evidence::Release& release : history_.releases) {
            if (!is_product(release)) continue;
            std::map<std::string, bool> floats;
            for (const auto& unit : release.tree->units)
                for (const Declaration& declaration : unit->facts.declarations)
                    if (declaration.subject == Subject::image &&
                        declaration.surface != Surface::text &&
                        background_.own.contains(declaration.image) && declaration.digest.empty())
                        note(declaration, floats);
            for (const auto& [path, all] : floats)
                ++(all ? places[path].floating : places[path].versioned);
        }
        for (const auto& [path, place] : places) {
            if (place.versioned != 0 || place.floating < 3) continue;
            project::PathRule rule;
            rule.path = path;
            rule.expect = project::PathRule::Expect::floating;
            rule.reason = "the image floats in all " + releases(place.floating);
            proposal_.project.paths.push_back(std::move(rule));
            say(entry("paths", proposal_.project.paths.size() - 1),
                "no release ever named a version here; remove this entry if one should");
        }
    }

    void note(const Declaration& declaration, std::map<std::string, bool>& floats) const {
        const bool floating = !background_.product().read(declaration.declared).has_value();
        const auto [place, is_new] = floats.emplace(declaration.at.path, floating);
        if (!is_new) place->second &= floating;
    }

    const evidence::History& history_;
    const project::Project none_;
    const Background background_;
    Proposal proposal_;
};

}  // namespace

Proposal propose(const evidence::History& history) {
    return Proposer(history).propose();
}

}  // namespace lockstep::verify
