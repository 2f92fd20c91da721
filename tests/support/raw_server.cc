#include "support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace lockstep::testing {

namespace {

constexpr std::size_t head_limit = 1u << 20;

os::Descriptor listen_on(const std::string& address, unsigned& port) {
    os::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in place = {};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address.c_str(), &place.sin_addr);
    auto* generic = reinterpret_cast<sockaddr*>(&place);
    socklen_t size = sizeof place;
    if (::bind(socket.number(), generic, size) != 0 || ::listen(socket.number(), 1024) != 0 ||
        ::getsockname(socket.number(), generic, &size) != 0)
        throw std::runtime_error("cannot listen on " + address);
    port = ntohs(place.sin_port);
    return socket;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string RawRequest::header(std::string_view name) const {
    for (const auto& [other, value] : headers)
        if (other.size() == name.size() &&
            ::strncasecmp(other.data(), name.data(), name.size()) == 0)
            return value;
    return {};
}

bool RawConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            is_closing_ = true;
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool RawConnection::answer(std::string_view head, std::string_view body) {
    return write(std::string(head) + "\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n" + std::string(body));
}

bool RawConnection::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(server_->mutex_);
    return !server_->stop_.wait_for(lock, time, [&] { return server_->is_stopping_; });
}

std::size_t RawConnection::read(char* buffer, std::size_t capacity) {
    capacity = std::min(capacity, body_left_);
    if (capacity == 0) return 0;
    std::size_t count = std::min(capacity, read_ahead_.size());
    if (count > 0) {
        std::copy_n(read_ahead_.data(), count, buffer);
        read_ahead_.erase(0, count);
    } else {
        const ssize_t got = ::recv(socket_.number(), buffer, capacity, 0);
        if (got <= 0) {
            is_closing_ = true;
            return 0;
        }
        count = static_cast<std::size_t>(got);
    }
    body_left_ -= count;
    return count;
}

void RawConnection::reset() {
    const struct ::linger at_once = {.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    is_closing_ = is_resetting_ = true;
}

/// Closed with bytes unread, a connection is reset, and what was written last may be lost.
void RawConnection::linger() {
    ::shutdown(socket_.number(), SHUT_WR);
    std::array<char, 65536> buffer;
    while (::recv(socket_.number(), buffer.data(), buffer.size(), 0) > 0) {
    }
}

RawServer::RawServer(Handler handler) : RawServer(std::move(handler), Options{}) {}

RawServer::RawServer(Handler handler, Options options)
    : handler_(std::move(handler)), options_(std::move(options)), port_(options_.port) {
    listener_ = listen_on(options_.address, port_);
    acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
        ::shutdown(listener_.number(), SHUT_RDWR);
        for (const auto& connection : connections_)
            if (connection->socket_) ::shutdown(connection->socket_.number(), SHUT_RDWR);
    }
    stop_.notify_all();
    acceptor_.join();
    for (std::thread& thread : threads_) thread.join();
}

std::string RawServer::url(std::string_view target) const {
    return "http://" + host_port() + std::string(target);
}

std::vector<RawRequest> RawServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

void RawServer::accept_all() {
    while (true) {
        os::Descriptor socket(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
        const std::scoped_lock lock(mutex_);
        if (is_stopping_) return;
        if (!socket) continue;
        const int on = 1;
        ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto connection = std::make_unique<RawConnection>();
        connection->server_ = this;
        connection->socket_ = std::move(socket);
        RawConnection& taken = *connections_.emplace_back(std::move(connection));
        threads_.emplace_back([this, &taken, number = connections_made_++] {
            serve(taken, number);
            if (!taken.is_resetting_) taken.linger();
            // Under the lock: the destructor must not shut down what has this number next.
            const std::scoped_lock end(mutex_);
            taken.socket_.close();
        });
    }
}

void RawServer::serve(RawConnection& connection, unsigned number) {
    while (!connection.is_closing_) {
        RawRequest request;
        request.connection = number;
        if (!read_request(connection, request)) return;
        {
            const std::scoped_lock lock(mutex_);
            requests_.push_back(request);
            requests_.back().body.clear();
        }
        handle(request, connection);
        // What the handler left of a body would be taken for the next request.
        if (connection.body_left_ > 0) return;
    }
}

void RawServer::handle(const RawRequest& request, RawConnection& connection) {
    const unsigned now = ++at_once_;
    unsigned most = most_at_once_;
    while (now > most && !most_at_once_.compare_exchange_weak(most, now)) {
    }
    handler_(request, connection);
    --at_once_;
}

bool RawServer::read_request(RawConnection& connection, RawRequest& request) {
    std::string& ahead = connection.read_ahead_;
    std::array<char, 65536> buffer;
    std::size_t end = 0;
    while ((end = ahead.find("\r\n\r\n")) == std::string::npos) {
        const ssize_t count = ::recv(connection.socket_.number(), buffer.data(), buffer.size(), 0);
        if (count <= 0 || ahead.size() > head_limit) return false;
        ahead.append(buffer.data(), static_cast<std::size_t>(count));
    }
    std::string_view head = std::string_view(ahead).substr(0, end);
    const std::string_view first = head.substr(0, head.find("\r\n"));
    request.method = first.substr(0, first.find(' '));
    const std::string_view rest = first.substr(std::min(request.method.size() + 1, first.size()));
    request.target = rest.substr(0, rest.find(' '));
    head.remove_prefix(std::min(first.size() + 2, head.size()));
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(line.size() + 2, head.size()));
        const std::size_t colon = std::min(line.find(':'), line.size());
        request.headers.emplace_back(line.substr(0, colon),
                                     trimmed(line.substr(std::min(colon + 1, line.size()))));
    }
    ahead.erase(0, end + 4);
    const std::string length = request.header("Content-Length");
    connection.body_left_ = length.empty() ? 0 : std::stoull(length);
    if (!options_.reads_bodies) return true;
    while (connection.body_left_ > 0) {
        const std::size_t count = connection.read(buffer.data(), buffer.size());
        if (count == 0) return false;
        request.body.append(buffer.data(), count);
    }
    return true;
}

}  // namespace lockstep::testing
