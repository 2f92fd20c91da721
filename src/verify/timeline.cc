#include "verify/timeline.h"

#include <algorithm>

namespace lockstep::verify {

namespace {
constexpr std::size_t step_limit = 3;  // releases behind that still count as following

std::string_view without_v(std::string_view text) {
    return text.substr(text.starts_with('v') ? 1 : 0);
}

bool has_version(const evidence::Release* release, const version::Version& version) {
    return *release->version == version;
}
}  // namespace

Timeline::Timeline(const evidence::History& history, std::string_view component) {
    for (const evidence::Release& release : history.releases)
        if (release.component == component && release.version) releases_.push_back(&release);
    for (const evidence::Release* release : releases_)
        if (!version::read_written(release->tag)) named_.emplace(without_v(release->tag), release);
    by_time_ = releases_;
    std::ranges::stable_sort(
        releases_, [](const auto* a, const auto* b) { return *a->version < *b->version; });
    std::ranges::stable_sort(by_time_, {}, [](const auto* release) { return release->time; });
}

std::optional<version::Written> Timeline::read(std::string_view declared) const {
    if (auto written = version::read_written(declared)) return written;
    const auto found = named_.find(std::string(without_v(declared)));
    if (found == named_.end()) return std::nullopt;
    return version::Written{declared.starts_with('v') ? "v" : "", *found->second->version, {}};
}

std::size_t Timeline::first_not_below(const version::Version& version) const {
    const auto found = std::ranges::lower_bound(
        releases_, version,
        [](const version::Version& a, const version::Version& b) { return a < b; },
        [](const evidence::Release* release) -> const version::Version& {
            return *release->version;
        });
    return static_cast<std::size_t>(found - releases_.begin());
}

std::optional<std::size_t> Timeline::position(const version::Version& version) const {
    const std::size_t at = first_not_below(version);
    if (at < releases_.size() && has_version(releases_[at], version)) return at;
    return std::nullopt;
}

bool Timeline::is_just_before(const version::Version& version,
                              const evidence::Release& release) const {
    const std::size_t at = first_not_below(*release.version);
    if (at > 0 && has_version(releases_[at - 1], version)) return true;
    // Pre-releases stand between two finals; the final before is still the release just before.
    if (!release.version->is_prerelease()) {
        for (std::size_t before = at; before-- > 0;) {
            if (releases_[before]->version->is_prerelease()) continue;
            if (has_version(releases_[before], version)) return true;
            break;
        }
    }
    const auto now = std::ranges::equal_range(by_time_, release.time, {},
                                              [](const auto* other) { return other->time; });
    const auto self = std::ranges::find(now, &release);
    return self != now.end() && self != by_time_.begin() && has_version(*(self - 1), version);
}

bool Timeline::keeps_step(const version::Version& declared, const version::Version& release) const {
    if (declared == release) return true;
    const std::optional<std::size_t> at = position(declared);
    const std::size_t now = first_not_below(release);
    return at && *at < now && now - *at <= step_limit;
}

Timelines::Timelines(const evidence::History& history) : product_(history, "") {
    for (const evidence::Release& release : history.releases)
        if (!release.component.empty() && !components_.contains(release.component))
            components_.emplace(release.component, Timeline(history, release.component));
}

const Timeline& Timelines::of(std::string_view component) const {
    const auto found = components_.find(component);
    return found == components_.end() ? product_ : found->second;
}

}  // namespace lockstep::verify
