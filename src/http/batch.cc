#include "http/batch.h"

#include <algorithm>
#include <utility>

#include "os/ending.h"

namespace lockstep::http {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How often to look whether the program is ending and whether a body still moves.
constexpr milliseconds tick{100};
constexpr std::size_t active_max = 256;
constexpr unsigned streams_per_host = 64;  // where one connection takes many

}  // namespace

std::unique_ptr<Transfer> Engine::take(Transfer::Kind kind, const Options& options) {
    auto& kept = kind == Transfer::Kind::stream ? idle_streams : idle;
    if (kept.empty()) return std::make_unique<Transfer>(kind, multi, moved, options);
    std::unique_ptr<Transfer> transfer = std::move(kept.back());
    kept.pop_back();
    return transfer;
}

void Engine::give_back(std::unique_ptr<Transfer> transfer) {
    auto& kept = transfer->kind() == Transfer::Kind::stream ? idle_streams : idle;
    kept.push_back(std::move(transfer));
}

Batch::Batch(Engine& engine, const Surroundings& surroundings, std::span<const Request> requests)
    : engine_(engine), around_(surroundings) {
    exchanges_.reserve(requests.size());
    for (const Request& request : requests) exchanges_.emplace_back(request, around_.options);
    const bool streams = std::ranges::any_of(exchanges_, &Exchange::is_streaming);
    // Streams may wait for each other, so none of them may wait for room.
    engine_.multi.limit_connections(streams ? 0 : around_.options.connections_per_host);
}

Batch::~Batch() {
    end_all("interrupted");
}

std::vector<Result<Response>> Batch::run() && {
    for (std::size_t at = 0; at < exchanges_.size(); ++at) queue(at);
    quiet_since_ = steady_clock::now();
    while (over_ < exchanges_.size()) {
        const Time now = steady_clock::now();
        const auto& deadline = around_.options.deadline;
        if (os::is_ending() || around_.options.stop.stop_requested()) end_all("interrupted");
        if (deadline && now >= *deadline) end_all("the time is up");
        wake_sleepers(now);
        start_waiting(now);
        if (!active_.empty() || !sleeping_.empty()) move();
    }
    std::vector<Result<Response>> results;
    results.reserve(exchanges_.size());
    for (Exchange& exchange : exchanges_) results.push_back(exchange.take_result());
    return results;
}

/// Streams may wait for each other, so they begin without waiting for room.
void Batch::queue(std::size_t exchange) {
    if (exchanges_[exchange].is_streaming()) return start(exchange, nullptr, steady_clock::now());
    hosts_[exchanges_[exchange].url().host_port()].waiting.push_back(exchange);
    ++waiting_;
}

void Batch::queue_first(std::size_t exchange) {
    if (exchanges_[exchange].is_streaming()) return start(exchange, nullptr, steady_clock::now());
    hosts_[exchanges_[exchange].url().host_port()].waiting.push_front(exchange);
    ++waiting_;
}

unsigned Batch::room_of(const std::string& host_port) const {
    const unsigned connections = std::max(around_.options.connections_per_host, 1u);
    return engine_.multiplexing.contains(host_port) ? std::max(connections, streams_per_host)
                                                    : connections;
}

void Batch::start_waiting(Time now) {
    if (waiting_ == 0) return;
    for (auto& [host_port, host] : hosts_) {
        while (!host.waiting.empty() && host.active < room_of(host_port) &&
               active_.size() < active_max) {
            const std::size_t exchange = host.waiting.front();
            host.waiting.pop_front();
            --waiting_;
            start(exchange, &host, now);
        }
    }
}

Result<Route> Batch::route_of(const Exchange& exchange) const {
    Route route = {.proxy = around_.proxies.find(exchange.url())};
    if (exchange.url().is_secure() || route.proxy.starts_with("https:"))
        route.trust = TRY(around_.trust.find(exchange.url().host_port()));
    return route;
}

void Batch::start(std::size_t at, Host* host, Time now) {
    Exchange& exchange = exchanges_[at];
    exchange.begin(now);
    const auto kind = exchange.is_streaming() ? Transfer::Kind::stream : Transfer::Kind::message;
    std::unique_ptr<Transfer> transfer = engine_.take(kind, around_.options);
    const Result<Route> route = route_of(exchange);
    Result<void> started =
        route ? transfer->start(exchange, *route) : std::unexpected(route.error());
    if (!started) {
        engine_.give_back(std::move(transfer));
        return settle(at, {.response = std::unexpected(std::move(started).error())});
    }
    if (host != nullptr) ++host->active;
    active_.push_back({at, std::move(transfer), host});
}

void Batch::wake_sleepers(Time now) {
    while (!sleeping_.empty() && sleeping_.begin()->first <= now) {
        const std::size_t exchange = sleeping_.begin()->second;
        sleeping_.erase(sleeping_.begin());
        queue_first(exchange);
    }
}

milliseconds Batch::patience(Time now) const {
    if (std::ranges::any_of(active_, [](const auto& one) { return one.transfer->may_resume(); }))
        return milliseconds(0);
    if (sleeping_.empty()) return tick;
    return std::clamp(std::chrono::ceil<milliseconds>(sleeping_.begin()->first - now),
                      milliseconds(0), tick);
}

void Batch::move() {
    const Time now = steady_clock::now();
    for (const auto& [easy, code] : engine_.multi.run(patience(now))) {
        const auto is_it = [&transfer = Transfer::of(easy)](const Active& active) {
            return active.transfer.get() == &transfer;
        };
        finish(static_cast<std::size_t>(std::ranges::find_if(active_, is_it) - active_.begin()),
               code);
    }
    const bool is_tick = now - ticked_ >= tick;
    resume_paused(is_tick);
    if (!is_tick) return;
    ticked_ = now;
    end_slow(now);
}

void Batch::resume_paused(bool all) {
    for (std::size_t at = 0; at < active_.size();) {
        Transfer& transfer = *active_[at].transfer;
        const bool is_due = transfer.may_resume() || (all && transfer.is_paused());
        if (const int code = is_due ? transfer.resume() : 0; code != 0)
            finish(at, code);
        else
            ++at;
    }
}

void Batch::end_slow(Time now) {
    const milliseconds patience = around_.options.stall_timeout;
    if (engine_.moved != moved_before_ || !sleeping_.empty()) quiet_since_ = now;
    moved_before_ = engine_.moved;
    const bool is_quiet = now - quiet_since_ > patience;
    for (std::size_t at = 0; at < active_.size();) {
        Transfer& transfer = *active_[at].transfer;
        if (transfer.is_stalled(now))
            give_up(at, "nothing moves any more");
        else if (is_quiet && transfer.is_paused())
            give_up(at, "who reads or writes its body does not go on");
        else
            ++at;
    }
}

std::size_t Batch::retire(std::size_t at, const Outcome& outcome) {
    Active& active = active_[at];
    const std::size_t exchange = active.exchange;
    if (active.host != nullptr) --active.host->active;
    if (outcome.multiplexes) engine_.multiplexing.insert(exchanges_[exchange].url().host_port());
    engine_.give_back(std::move(active.transfer));
    std::swap(active, active_.back());
    active_.pop_back();
    return exchange;
}

void Batch::finish(std::size_t at, int code) {
    Outcome outcome = active_[at].transfer->finish(code);
    const std::size_t exchange = retire(at, outcome);
    settle(exchange, std::move(outcome));
}

void Batch::give_up(std::size_t at, std::string why) {
    Outcome outcome = active_[at].transfer->abandon(
        {Error::Kind::unavailable, std::move(why), {}, {}}, /*may_mend=*/true);
    const std::size_t exchange = retire(at, outcome);
    settle(exchange, std::move(outcome));
}

void Batch::end_all(const std::string& why) {
    const Error error = {Error::Kind::unavailable, why, {}, {}};
    while (!active_.empty())
        retire(active_.size() - 1, active_.back().transfer->abandon(error, /*may_mend=*/false));
    sleeping_.clear();
    for (auto& [name, host] : hosts_) host.waiting.clear();
    waiting_ = 0;
    for (std::size_t at = 0; at < exchanges_.size(); ++at) {
        if (exchanges_[at].is_over()) continue;
        exchanges_[at].fail_with(error);
        close(at);
    }
}

void Batch::settle(std::size_t at, Outcome outcome) {
    const Time now = steady_clock::now();
    const double random = std::uniform_real_distribution<>(0, 1)(engine_.random);
    const std::optional<Time> again = exchanges_[at].settle(std::move(outcome), now, random);
    if (!again) return close(at);
    if (*again <= now) return queue_first(at);
    sleeping_.emplace(*again, at);
}

void Batch::close(std::size_t at) {
    ++over_;
    ++engine_.moved;  // who waits may be one of ours
    const Request& request = exchanges_[at].request();
    if (request.sink != nullptr) request.sink->write_over();
    if (request.source != nullptr) request.source->read_over();
}

}  // namespace lockstep::http
