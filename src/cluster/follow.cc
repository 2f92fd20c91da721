#include "cluster/follow.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "cluster/board.h"
#include "cluster/list.h"
#include "cluster/objects.h"
#include "cluster/watch.h"
#include "os/ending.h"
#include "os/parallel.h"

namespace lockstep::cluster {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick{100};
/// How long changes that do not end are collected.
constexpr std::chrono::seconds patience{2};
constexpr std::chrono::milliseconds pause_max{30'000};

Name name_of(const json::Value& object) {
    const json::Value* const metadata = object.find("metadata");
    if (metadata == nullptr) return {};
    return {std::string(metadata->text("namespace")), std::string(metadata->text("name"))};
}

/// Follows one place until it is told to stop.
class Follower {
  public:
    Follower(Api& api, const Place& place, std::size_t at, Board& board, const Following& following,
             std::stop_token stop)
        : api_(api),
          place_(place),
          at_(at),
          board_(board),
          following_(following),
          stop_(std::move(stop)),
          resource_{.path = path_of(place),
                    .wanted = are_pods() ? wanted_of_pods() : wanted_of_workloads()} {}

    void run() {
        while (!is_over()) {
            Result<std::string> version = list_all();
            if (!version) {
                fail_with(version.error());
                continue;
            }
            const Result<void> watched = watch_from(*std::move(version));
            // Too old a version is no fault of anybody: everything is listed again.
            if (!watched && !is_over() && watched.error().kind != Error::Kind::conflict)
                fail_with(watched.error());
        }
    }

  private:
    bool are_pods() const { return place_.kind->name == "Pod"; }
    bool is_over() const {
        return stop_.stop_requested() || os::is_ending() ||
               steady_clock::now() >= following_.deadline;
    }

    void put(Seen& seen, const json::Value& object) const {
        if (are_pods())
            seen.pods.insert_or_assign(name_of(object), pod_of(object));
        else
            seen.workloads.insert_or_assign(name_of(object),
                                            workload_of(place_.kind->name, object));
    }

    Result<std::string> list_all() {
        Seen fresh;
        const Listing listing = TRY(list(
            api_, resource_, [&] { fresh = {}; },
            [&](const json::Value& object) -> Result<void> {
                put(fresh, object);
                return {};
            }));
        fresh.is_listed = true;
        pause_ = following_.pause;
        board_.change(at_, [&](Seen& seen) { seen = std::move(fresh); });
        return listing.version;
    }

    /// One watch after the other, from where the one before was.
    Result<void> watch_from(std::string version) {
        while (!is_over()) {
            TRY(watch(api_, resource_, {.version = version, .duration = duration(), .stop = stop_},
                      [&](const WatchEvent& event) -> Result<void> {
                          if (!event.version.empty()) version = event.version;
                          take(event);
                          return {};
                      }));
        }
        return {};
    }

    void take(const WatchEvent& event) {
        if (event.type == WatchEvent::Type::bookmark) return;
        board_.change(at_, [&](Seen& seen) {
            if (event.type != WatchEvent::Type::deleted) return put(seen, event.object);
            seen.pods.erase(name_of(event.object));
            seen.workloads.erase(name_of(event.object));
        });
    }

    std::chrono::seconds duration() const {
        const auto left =
            std::chrono::ceil<std::chrono::seconds>(following_.deadline - steady_clock::now());
        return std::clamp(left, std::chrono::seconds(1), following_.watch_duration);
    }

    /// What is known of the place is of before, and it is said so.
    void fail_with(const Error& error) {
        if (is_over()) return;
        board_.change(at_, [&](Seen& seen) {
            seen.unread = error;
            seen.is_listed = true;
        });
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any pause;
        pause.wait_for(lock, stop_, pause_, [] { return false; });
        pause_ = std::min(pause_ * 2, pause_max);
    }

    Api& api_;
    const Place& place_;
    std::size_t at_;
    Board& board_;
    const Following& following_;
    std::stop_token stop_;
    std::chrono::milliseconds pause_ = following_.pause;
    Resource resource_;
};

/// Tells what changes until it is over.
Result<void> tell(Board& board, const std::vector<Place>& places, const Api& api,
                  const Following& following, const OnChange& changed) {
    std::uint64_t known = 0;
    bool is_first = true;
    while (!os::is_ending() && steady_clock::now() < following.deadline) {
        const auto now = steady_clock::now();
        if (!board.await(known, std::min(following.deadline, now + tick))) continue;
        if (!board.is_listed()) continue;
        if (is_first)
            if (auto error = board.nothing_read()) return std::unexpected<Error>(*std::move(error));
        is_first = false;
        // What belongs together comes in several events.
        const auto latest = std::min(following.deadline, steady_clock::now() + patience);
        while (steady_clock::now() < latest &&
               board.await(known, steady_clock::now() + following.quiet)) {
        }
        evidence::Deployed deployed = board.together(places);
        deployed.server = api.access().server.url;
        deployed.context = api.access().context;
        if (changed(deployed)) return {};
    }
    return {};
}

}  // namespace

Result<void> follow(Api& api, const Scope& scope, const Following& following,
                    const OnChange& changed) {
    const std::vector<Place> places = places_in(scope);
    Board board(places.size());
    std::stop_source stop;
    Result<void> told;
    const auto threads = static_cast<unsigned>(places.size() + 1);
    os::parallel_for(threads, threads, [&](std::size_t at) {
        if (at < places.size()) {
            Follower(api, places[at], at, board, following, stop.get_token()).run();
            return;
        }
        told = tell(board, places, api, following, changed);
        stop.request_stop();
    });
    return told;
}

}  // namespace lockstep::cluster
