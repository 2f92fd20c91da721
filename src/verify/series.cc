#include "verify/series.h"

#include <algorithm>
#include <unordered_set>

#include "verify/component.h"
#include "version/style.h"

namespace lockstep::verify {

namespace {

/// The part before the first '/', where that is a registry and not a path element: it has a dot or
/// a port, or is localhost.
std::string_view without_registry(std::string_view image) {
    const std::size_t slash = image.find('/');
    if (slash == std::string_view::npos) return image;
    const std::string_view first = image.substr(0, slash);
    const bool registry =
        first.find_first_of(".:") != std::string_view::npos || first == "localhost";
    return registry ? image.substr(slash + 1) : image;
}

std::string chart_key(std::string_view name, manifest::Subject subject) {
    return std::string(name) + '\n' + manifest::to_string(subject);
}

/// Charts are known by name; of an object there may be several copies, not all of them kept up.
std::string_view name_of(const manifest::Declaration& declaration) {
    return declaration.subject == manifest::Subject::object_version ? declaration.at.path
                                                                    : declaration.image;
}

std::string digest_key(const manifest::Declaration& declaration) {
    return std::string(family(declaration.image)) + '@' + declaration.digest;
}

/// What one release adds to a series: several places count once, and a release is in step if any
/// place is.
struct Seen {
    bool versioned = false, in_step = false, exact = false, known = false, with_v = false;
    std::string text;
    bool one_text = true;
};

class Collector {
  public:
    explicit Collector(std::unordered_map<std::string, Series>& series) : series_(series) {}

    void add(std::string key, const manifest::Declaration& declaration,
             const evidence::Release& release, const Timeline& timeline) {
        Seen& seen = release_[std::move(key)];
        if (seen.text.empty()) seen.text = declaration.declared;
        seen.one_text &= seen.text == declaration.declared;
        const auto written = timeline.read(declaration.declared);
        if (!written) return;
        seen.versioned = true;
        seen.exact |= written->version == *release.version;
        seen.in_step |= timeline.keeps_step(written->version, *release.version);
        seen.known |= timeline.position(written->version).has_value();
        seen.with_v |= written->prefix == "v";
    }

    void end_release(const version::Version& release) {
        for (auto& [key, seen] : release_) merge(key, seen, release);
        release_.clear();
    }

  private:
    void merge(const std::string& key, const Seen& seen, const version::Version& release) {
        Series& series = series_[key];
        series.only = series.releases == 0 && seen.one_text       ? seen.text
                      : series.only == seen.text && seen.one_text ? series.only
                                                                  : std::string();
        ++series.releases;
        if (!seen.versioned) return;
        if (series.versioned == 0) series.first_with_v = seen.with_v;
        if (seen.exact && !series.first_exact) series.first_exact = release;
        ++series.versioned;
        series.known += seen.known;
        series.in_step += seen.in_step;
        series.exact += seen.exact;
        series.with_v += seen.with_v;
        if (texts_[key].insert(seen.text).second) ++series.distinct;
    }

    std::unordered_map<std::string, Series>& series_;
    std::unordered_map<std::string, Seen> release_;
    std::unordered_map<std::string, std::unordered_set<std::string>> texts_;
};

}  // namespace

std::string_view family(std::string_view image) {
    const std::string_view path = without_registry(image);
    const std::size_t last = path.rfind('/');
    if (last == std::string_view::npos || last == 0) return path;
    const std::size_t before = path.rfind('/', last - 1);
    return before == std::string_view::npos ? path : path.substr(before + 1);
}

SeriesTable::SeriesTable(const evidence::History& history, const Timelines& timelines) {
    Collector images(images_);
    Collector charts(charts_);
    std::unordered_set<std::string> known;
    for (const evidence::Release& release : history.releases) {
        if (!release.version || !release.tree) continue;
        const Timeline& timeline = timelines.of(release.component);
        for (const auto& unit : release.tree->units) {
            for (const manifest::Declaration& declaration : unit->facts.declarations) {
                if (declaration.surface == manifest::Surface::text) continue;
                if (!release.component.empty() &&
                    !is_of_component(declaration, release.component, history))
                    continue;
                if (declaration.subject == manifest::Subject::image) {
                    const std::string name(family(declaration.image));
                    images.add(name, declaration, release, timeline);
                    if (!declaration.digest.empty())
                        if (const auto written = timeline.read(declaration.declared);
                            written && written->version == *release.version)
                            digests_.try_emplace(digest_key(declaration), *release.version);
                    if (known.insert(declaration.image).second)
                        names_[name].push_back(declaration.image);
                } else if (declaration.subject != manifest::Subject::remote_ref) {
                    charts.add(chart_key(name_of(declaration), declaration.subject), declaration,
                               release, timeline);
                }
            }
        }
        images.end_release(*release.version);
        charts.end_release(*release.version);
    }
}

const Series* SeriesTable::image(std::string_view name) const {
    const auto found = images_.find(std::string(name));
    return found == images_.end() ? nullptr : &found->second;
}

const Series* SeriesTable::chart(std::string_view name, manifest::Subject subject) const {
    const auto found = charts_.find(chart_key(name, subject));
    return found == charts_.end() ? nullptr : &found->second;
}

bool SeriesTable::is_digest_of_former(const manifest::Declaration& declaration,
                                      const version::Version& release) const {
    if (declaration.digest.empty()) return false;
    const auto first = digests_.find(digest_key(declaration));
    return first != digests_.end() && first->second < release;
}

const std::vector<std::string>& SeriesTable::names(const std::string& name) const {
    static const std::vector<std::string> none;
    const auto found = names_.find(name);
    return found == names_.end() ? none : found->second;
}

}  // namespace lockstep::verify
