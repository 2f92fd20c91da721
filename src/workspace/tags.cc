#include "workspace/tags.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "base/glob.h"
#include "evidence/component.h"
#include "version/discover.h"

namespace lockstep::workspace {

namespace {

evidence::Release release_of(const git::Tag& tag, version::Version version, std::string component) {
    evidence::Release release;
    release.tag = tag.name;
    release.component = std::move(component);
    release.version = std::move(version);
    release.tag_object = tag.object.hex();
    release.commit = tag.commit.hex();
    release.time = tag.time;
    release.annotated = tag.kind != git::Tag::Kind::lightweight;
    return release;
}

bool is_ignored(const git::Tag& tag, const project::Project& project) {
    return std::ranges::any_of(project.ignored_tags, [&](const std::string& glob) {
        return matches_glob(glob, tag.name);
    });
}

class Sorter {
  public:
    Sorter(const std::vector<git::Tag>& tags, const project::Project& project,
           const std::string& project_name)
        : project_(project), project_name_(project_name) {
        for (const git::Tag& tag : tags) {
            if (tag.object.is_null()) {
                set_aside(tag, "git takes no tag of this name");
            } else if (tag.commit.is_null()) {
                set_aside(tag, "names no commit");
            } else if (is_ignored(tag, project)) {
                set_aside(tag, "ignored by the configuration");
            } else {
                tags_.push_back(&tag);
            }
        }
    }

    SortedTags sort() {
        sorted_.releases.reserve(tags_.size());
        sorted_.tags.reserve(tags_.size());
        take_configured_charts();
        if (project_.tags.empty()) {
            discover();
        } else {
            take_configured();
        }
        put_in_order();
        return std::move(sorted_);
    }

  private:
    void set_aside(const git::Tag& tag, std::string reason) {
        sorted_.others.push_back({tag.name, tag.commit.hex(), std::move(reason)});
    }

    void add(const git::Tag& tag, version::Version version, std::string component) {
        sorted_.releases.push_back(release_of(tag, std::move(version), std::move(component)));
        sorted_.tags.push_back(&tag);
    }

    /// Mostly they are: families come one by one, each in order.
    void put_in_order() {
        const auto key = [](const evidence::Release& release) {
            return std::tie(release.component, *release.version);
        };
        if (std::ranges::is_sorted(sorted_.releases, {}, key)) return;
        std::vector<std::size_t> order(sorted_.releases.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {},
                                 [&](std::size_t at) { return key(sorted_.releases[at]); });
        std::vector<evidence::Release> releases;
        std::vector<const git::Tag*> tags;
        for (const std::size_t at : order) {
            releases.push_back(std::move(sorted_.releases[at]));
            tags.push_back(sorted_.tags[at]);
        }
        sorted_.releases = std::move(releases);
        sorted_.tags = std::move(tags);
    }

    void add_family(const evidence::TagFamily& family) {
        if (std::ranges::find(sorted_.families, family) == sorted_.families.end())
            sorted_.families.push_back(family);
    }

    void take_configured_charts() {
        for (const project::Chart& chart : project_.charts) {
            if (!chart.tags) continue;
            const std::string name = evidence::chart_called(file_name(chart.path));
            add_family({name, chart.tags->str(), true});
            std::erase_if(tags_, [&](const git::Tag* tag) {
                auto match = chart.tags->match(tag->name);
                if (match) add(*tag, std::move(match->version), name);
                return match.has_value();
            });
        }
    }

    void take_configured() {
        for (const git::Tag* tag : tags_) {
            bool taken = false;
            for (const version::TagPattern& pattern : project_.tags) {
                auto match = pattern.match(tag->name);
                if (!match) continue;
                if (!match->component.empty()) add_family({match->component, pattern.str(), false});
                add(*tag, std::move(match->version), std::move(match->component));
                taken = true;
                break;
            }
            if (!taken) set_aside(*tag, "matches none of the configured patterns");
        }
    }

    version::Discovery discovered() const {
        std::vector<version::TagFact> facts;
        facts.reserve(tags_.size());
        for (const git::Tag* tag : tags_)
            facts.push_back({tag->name, tag->commit.bytes(), tag->time});
        return version::discover_releases(facts, project_name_);
    }

    void discover() {
        version::Discovery discovery = discovered();
        for (version::Family& family : discovery.releases) take_release(family, discovery);
        for (version::Family& family : discovery.others) {
            if (family.is_chart) {
                take_chart(family, discovery.others);
            } else {
                for (const auto& member : family.members)
                    set_aside(*tags_[member.tag], "a tag of `" + family.component + "`");
            }
        }
        for (version::Noise& noise : discovery.noise)
            set_aside(*tags_[noise.tag], std::move(noise.reason));
    }

    /// The product, or one component of a repository that has nothing else.
    void take_release(version::Family& family, const version::Discovery& discovery) {
        if (family.component.empty()) return take(family, "");
        if (family.is_chart) return take_chart(family, discovery.releases);
        add_family({family.component, family.pattern.str(), false});
        take(family, family.component);
    }

    void take_chart(version::Family& family, const std::vector<version::Family>& families) {
        const std::string name = chart_component(family, families);
        add_family({name, family.pattern.str(), true});
        take(family, name);
    }

    /// "chart-{version}" names no chart: it is the one that another family names, if that is only
    /// one.
    static std::string chart_component(const version::Family& family,
                                       const std::vector<version::Family>& families) {
        std::string name = evidence::chart_called(family.component);
        if (!name.empty()) return name;
        std::set<std::string> named;
        for (const version::Family& other : families)
            if (other.is_chart) named.insert(evidence::chart_called(other.component));
        named.erase("");
        return named.size() == 1 ? *named.begin() : std::string(evidence::any_chart);
    }

    void take(version::Family& family, const std::string& component) {
        for (version::Family::Member& member : family.members)
            add(*tags_[member.tag], std::move(member.version), component);
    }

    const project::Project& project_;
    const std::string& project_name_;
    std::vector<const git::Tag*> tags_;
    SortedTags sorted_;
};

}  // namespace

SortedTags sort_tags(const std::vector<git::Tag>& tags, const project::Project& project,
                     const std::string& project_name) {
    return Sorter(tags, project, project_name).sort();
}

}  // namespace lockstep::workspace
