#include "workspace/readings.h"

#include <algorithm>
#include <utility>

namespace lockstep::workspace {

namespace {

/// Readings of other content that are tried: what changed may be a file that does not count, and
/// neighbouring releases are the most alike.
constexpr std::size_t neighbours = 3;

}  // namespace

Readings::Unit Readings::find(const FileTree& tree, std::string_view content) const {
    const auto same = by_content_.find(std::string(content));
    if (same != by_content_.end())
        for (auto at = same->second.rbegin(); at != same->second.rend(); ++at)
            if (readings_[*at].trace.holds_in(tree)) return readings_[*at].unit;
    const std::size_t tried = std::min(neighbours, readings_.size());
    for (std::size_t back = 1; back <= tried; ++back) {
        const Reading& reading = readings_[readings_.size() - back];
        if (reading.trace.holds_in(tree)) return reading.unit;
    }
    return nullptr;
}

void Readings::add(std::string_view content, Trace trace, Unit unit) {
    if (!trace.is_comparable()) return;
    by_content_[std::string(content)].push_back(readings_.size());
    readings_.push_back({std::move(trace), std::move(unit)});
}

}  // namespace lockstep::workspace
