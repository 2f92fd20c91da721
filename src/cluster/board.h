#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "cluster/survey.h"
#include "evidence/deployed.h"

namespace lockstep::cluster {

/// By namespace and name.
using Name = std::pair<std::string, std::string>;

/// What is seen of one place.
struct Seen {
    std::map<Name, evidence::SeenPod> pods;
    std::map<Name, evidence::SeenWorkload> workloads;
    std::optional<Error> unread;
    bool is_listed = false;  // tried, at least
};

/// What all threads that follow a cluster share: each writes what it sees of its place, one reads
/// it all. Thread-safe.
class Board {
  public:
    explicit Board(std::size_t places) : seen_(places) {}

    void change(std::size_t place, const std::function<void(Seen& seen)>& change);
    /// Waits, at most until `until`: whether something changed since `known`, which it updates.
    bool await(std::uint64_t& known, std::chrono::steady_clock::time_point until);
    /// Whether every place was tried at least once.
    bool is_listed() const;
    /// Everything together; `places` in the order of the parts.
    evidence::Deployed together(const std::vector<Place>& places) const;
    /// The reason, where not one place could be read.
    std::optional<Error> nothing_read() const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable news_;
    std::uint64_t changes_ = 0;
    std::vector<Seen> seen_;
};

}  // namespace lockstep::cluster
