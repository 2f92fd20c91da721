#include "cluster/board.h"

#include <algorithm>

namespace lockstep::cluster {

void Board::change(std::size_t place, const std::function<void(Seen& seen)>& change) {
    const std::scoped_lock lock(mutex_);
    change(seen_[place]);
    ++changes_;
    news_.notify_all();
}

bool Board::await(std::uint64_t& known, std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    news_.wait_until(lock, until, [&] { return changes_ != known; });
    return std::exchange(known, changes_) != changes_;
}

bool Board::is_listed() const {
    const std::scoped_lock lock(mutex_);
    return std::ranges::all_of(seen_, &Seen::is_listed);
}

evidence::Deployed Board::together(const std::vector<Place>& places) const {
    const std::scoped_lock lock(mutex_);
    evidence::Deployed deployed;
    std::vector<std::optional<Error>> errors;
    for (const Seen& seen : seen_) {
        errors.push_back(seen.unread);
        for (const auto& [name, pod] : seen.pods) deployed.pods.push_back(pod);
        for (const auto& [name, workload] : seen.workloads) deployed.workloads.push_back(workload);
    }
    deployed.unread = unread_in(places, errors);
    return deployed;
}

std::optional<Error> Board::nothing_read() const {
    const std::scoped_lock lock(mutex_);
    if (std::ranges::any_of(seen_, [](const Seen& seen) { return !seen.unread; }))
        return std::nullopt;
    return seen_.front().unread;
}

}  // namespace lockstep::cluster
