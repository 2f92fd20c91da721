#include "http/client.h"

#include <memory>
#include <mutex>
#include <utility>

#include "base/check.h"
#include "http/batch.h"
#include "http/proxies.h"
#include "http/trust_table.h"

namespace lockstep::http {

struct Client::State {
    explicit State(Options given) : options(std::move(given)), trust(options.tls_for) {}

    std::unique_ptr<Engine> take_engine() {
        const std::scoped_lock lock(mutex);
        if (idle.empty()) return std::make_unique<Engine>();
        std::unique_ptr<Engine> engine = std::move(idle.back());
        idle.pop_back();
        return engine;
    }
    void give_back(std::unique_ptr<Engine> engine) {
        const std::scoped_lock lock(mutex);
        idle.push_back(std::move(engine));
    }

    Options options;
    Proxies proxies = options.proxy ? Proxies::always(*options.proxy) : Proxies::from_environment();
    TrustTable trust;
    std::mutex mutex;
    std::vector<std::unique_ptr<Engine>> idle;
};

Client::Client(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

const Options& Client::options() const {
    return state_->options;
}

Result<Response> Client::send(const Request& request) {
    return std::move(send_all({&request, 1}).front());
}

std::vector<Result<Response>> Client::send_all(std::span<const Request> requests) {
    std::unique_ptr<Engine> engine = state_->take_engine();
    const Surroundings surroundings = {state_->options, state_->proxies, state_->trust};
    std::vector<Result<Response>> results = Batch(*engine, surroundings, requests).run();
    state_->give_back(std::move(engine));
    return results;
}

}  // namespace lockstep::http
