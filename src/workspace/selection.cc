#include "workspace/selection.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/nearest.h"

namespace lockstep::workspace {

namespace {

/// Releases that discovery learns from, the one that was asked for included.
constexpr std::size_t enough = 20;

/// From the release called `since` on.
Result<void> select_since(const SortedTags& sorted, const std::string& since,
                          std::vector<bool>& selected) {
    const auto& releases = sorted.releases;
    const auto first = std::ranges::find_if(
        releases, [&](const evidence::Release& release) { return release.tag == since; });
    if (first == releases.end())
        return with_nearest(
            {Error::Kind::usage, "`" + since + "` is no release of this repository", {}, {}}, since,
            sorted);
    for (std::size_t at = 0; at < releases.size(); ++at)
        selected[at] = releases[at].component == first->component
                           ? *releases[at].version >= *first->version
                           : releases[at].time >= first->time;
    return {};
}

}  // namespace

Result<std::vector<bool>> select(const SortedTags& sorted, const Range& range) {
    std::vector<bool> selected(sorted.releases.size(), true);
    if (!range.since.empty()) TRY(select_since(sorted, range.since, selected));
    if (range.limit == 0) return selected;
    std::map<std::string, std::size_t> taken;
    for (std::size_t at = sorted.releases.size(); at-- > 0;)
        if (selected[at] && taken[sorted.releases[at].component]++ >= range.limit)
            selected[at] = false;
    return selected;
}

void add_neighbours(const SortedTags& sorted, std::vector<bool>& selected) {
    std::size_t count = static_cast<std::size_t>(std::ranges::count(selected, true));
    const auto add = [&](std::size_t at) {
        if (selected[at] || count >= enough || !sorted.releases[at].component.empty()) return;
        selected[at] = true;
        ++count;
    };
    std::size_t newest = selected.size();
    while (newest > 0 && !selected[newest - 1]) --newest;
    if (newest == 0) newest = selected.size();
    for (std::size_t at = newest; at-- > 0;) add(at);
    for (std::size_t at = newest; at < selected.size(); ++at) add(at);
}

std::optional<std::size_t> only_release_at(const git::Commit& commit, const SortedTags& sorted) {
    std::optional<std::size_t> only;
    const std::string id = commit.id.hex();
    for (std::size_t at = 0; at < sorted.releases.size(); ++at) {
        const evidence::Release& release = sorted.releases[at];
        if (!release.component.empty() || release.commit != id) continue;
        if (only) return std::nullopt;
        only = at;
    }
    return only;
}

std::unexpected<Error> with_nearest(Error error, std::string_view name, const SortedTags& sorted) {
    std::vector<std::string_view> names;
    for (const evidence::Release& release : sorted.releases) names.push_back(release.tag);
    std::ranges::reverse(names);  // the newest first
    if (const std::string_view near = nearest(name, names); !near.empty())
        error.hint = "did you mean `" + std::string(near) + "`?";
    return std::unexpected<Error>(std::move(error));
}

}  // namespace lockstep::workspace
