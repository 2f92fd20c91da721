#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/exchange.h"
#include "http/multi.h"
#include "http/proxies.h"
#include "http/transfer.h"
#include "http/trust_table.h"

namespace lockstep::http {

/// What is kept from one batch to the next: connections, handles, what was learnt of hosts.
struct Engine {
    Multi multi;
    std::vector<std::unique_ptr<Transfer>> idle, idle_streams;
    std::set<std::string, std::less<>> multiplexing;  // "host:port" that take many at once
    std::uint64_t moved = 0;
    std::minstd_rand random{std::random_device{}()};

    std::unique_ptr<Transfer> take(Transfer::Kind kind, const Options& options);
    void give_back(std::unique_ptr<Transfer> transfer);
};

/// What all batches of one client share. Thread-safe.
struct Surroundings {
    const Options& options;
    const Proxies& proxies;
    TrustTable& trust;
};

/// Runs many exchanges side by side on this thread: queues them for each host, begins what there is
/// room for, pauses and resumes, waits before further tries.
class Batch {
  public:
    Batch(Engine& engine, const Surroundings& surroundings, std::span<const Request> requests);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    std::vector<Result<Response>> run() &&;

  private:
    using Time = std::chrono::steady_clock::time_point;

    struct Host {
        std::deque<std::size_t> waiting;  // exchanges
        unsigned active = 0;              // of those that count
    };
    struct Active {
        std::size_t exchange;
        std::unique_ptr<Transfer> transfer;
        Host* host;  // in which it counts; null: in none
    };

    void queue(std::size_t exchange);
    void queue_first(std::size_t exchange);
    void start_waiting(Time now);
    void start(std::size_t exchange, Host* host, Time now);
    void wake_sleepers(Time now);
    void move();
    void finish(std::size_t active, int code);
    void resume_paused(bool all);
    void end_slow(Time now);
    void give_up(std::size_t active, std::string why);
    void end_all(const std::string& why);
    /// Takes it out of those that are active: the exchange.
    std::size_t retire(std::size_t active, const Outcome& outcome);
    void settle(std::size_t exchange, Outcome outcome);
    void close(std::size_t exchange);
    Result<Route> route_of(const Exchange& exchange) const;
    unsigned room_of(const std::string& host_port) const;
    std::chrono::milliseconds patience(Time now) const;

    Engine& engine_;
    const Surroundings& around_;
    std::vector<Exchange> exchanges_;
    std::map<std::string, Host> hosts_;
    std::vector<Active> active_;
    std::multimap<Time, std::size_t> sleeping_;  // until another try
    std::size_t waiting_ = 0, over_ = 0;
    std::uint64_t moved_before_ = 0;  // and since when nothing did
    Time quiet_since_, ticked_;
};

}  // namespace lockstep::http
