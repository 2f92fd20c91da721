#include "support/cutting_proxy.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "os/descriptor.h"

namespace lockstep::testing {

namespace {

sockaddr_in loopback(unsigned port) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool send_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// A connection of a client, and ours to the server for it.
struct Pipe {
    os::Descriptor client, server;
    std::uint64_t up = 0, down = 0;
};

}  // namespace

struct CuttingProxy::State {
    CutSetup setup;
    unsigned server_port = 0, port = 0;
    os::Descriptor listener;
    std::atomic<std::uint64_t> bytes_upwards = 0;
    std::atomic<std::size_t> cuts = 0;
    std::vector<Pipe> pipes;
    std::jthread thread;  // the last: it ends first

    void listen();
    void run(const std::stop_token& stop);
    void accept();
    bool pass(Pipe& pipe, bool is_upwards);
    bool is_to_be_cut(std::vector<std::uint64_t>& limits, std::uint64_t passed);
};

void CuttingProxy::State::listen() {
    listener = os::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener.number(), any, size) != 0 || ::listen(listener.number(), 64) != 0 ||
        ::getsockname(listener.number(), any, &size) != 0) {
        throw std::runtime_error("no port for a proxy");
    }
    port = ntohs(address.sin_port);
    thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void CuttingProxy::State::accept() {
    Pipe pipe = {
        .client = os::Descriptor(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC)),
        .server = os::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))};
    const sockaddr_in address = loopback(server_port);
    const auto* const any = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(pipe.server.number(), any, sizeof address) == 0) pipes.push_back(std::move(pipe));
}

bool CuttingProxy::State::is_to_be_cut(std::vector<std::uint64_t>& limits, std::uint64_t passed) {
    if (limits.empty() || passed < limits.front()) return false;
    limits.erase(limits.begin());
    ++cuts;
    return true;
}

/// Passes on what has come; false where the connection is over, or ended here.
bool CuttingProxy::State::pass(Pipe& pipe, bool is_upwards) {
    const int from = (is_upwards ? pipe.client : pipe.server).number();
    const int to = (is_upwards ? pipe.server : pipe.client).number();
    char buffer[65536];
    const ssize_t got = ::recv(from, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    const auto size = static_cast<std::size_t>(got);
    (is_upwards ? pipe.up : pipe.down) += size;
    if (is_upwards) bytes_upwards += size;
    if (!send_all(to, buffer, size)) return false;
    if (!is_to_be_cut(is_upwards ? setup.cut_upwards_after : setup.cut_downwards_after,
                      is_upwards ? pipe.up : pipe.down)) {
        return true;
    }
    const linger at_once = {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(pipe.client.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    return false;
}

void CuttingProxy::State::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> polled = {{.fd = listener.number(), .events = POLLIN, .revents = 0}};
        for (const Pipe& pipe : pipes) {
            polled.push_back({.fd = pipe.client.number(), .events = POLLIN, .revents = 0});
            polled.push_back({.fd = pipe.server.number(), .events = POLLIN, .revents = 0});
        }
        if (::poll(polled.data(), polled.size(), 50) <= 0) continue;
        for (std::size_t i = pipes.size(); i-- > 0;) {
            const bool is_over = (polled[1 + 2 * i].revents != 0 && !pass(pipes[i], true)) ||
                                 (polled[2 + 2 * i].revents != 0 && !pass(pipes[i], false));
            if (is_over) pipes.erase(pipes.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (polled[0].revents != 0) accept();
    }
}

CuttingProxy::CuttingProxy(const std::string& server_address, CutSetup setup)
    : state_(std::make_unique<State>()) {
    state_->setup = std::move(setup);
    state_->server_port =
        static_cast<unsigned>(std::stoul(server_address.substr(server_address.find(':') + 1)));
    state_->listen();
}
CuttingProxy::~CuttingProxy() = default;

std::string CuttingProxy::address() const {
    return "127.0.0.1:" + std::to_string(state_->port);
}
std::uint64_t CuttingProxy::bytes_upwards() const {
    return state_->bytes_upwards;
}
std::size_t CuttingProxy::cuts() const {
    return state_->cuts;
}

}  // namespace lockstep::testing
