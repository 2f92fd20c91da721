#include "support/fault_proxy.h"

#include <arpa/inet.h>
#include <fnmatch.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "os/descriptor.h"

namespace lockstep::testing {

namespace {

constexpr std::size_t head_limit = 1u << 20;
constexpr int backlog = 256;

sockaddr_in loopback(unsigned port) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

os::Descriptor new_socket() {
    os::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

/// Bound to a port of loopback, a free one where it is 0. Connections are refused until it listens.
os::Descriptor bound(unsigned& port) {
    os::Descriptor socket = new_socket();
    sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.number(), any, size) != 0 ||
        ::getsockname(socket.number(), any, &size) != 0) {
        throw std::runtime_error("no port for a proxy");
    }
    port = ntohs(address.sin_port);
    return socket;
}

/// A reset goes out even while a forked process holds the same socket, which closing would not do.
/// False where the client has gone already.
bool reset(const os::Descriptor& socket) {
    const sockaddr nowhere = {.sa_family = AF_UNSPEC, .sa_data = {}};
    return ::connect(socket.number(), &nowhere, sizeof nowhere) == 0;
}

bool send_all(const os::Descriptor& socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

bool same_name(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

/// A request or an answer, its body without chunks.
struct Message {
    std::string first;  // line
    Headers headers;
    std::string body;

    std::string header(std::string_view name) const {
        for (const auto& [other, value] : headers)
            if (same_name(other, name)) return value;
        return {};
    }
    void remove(std::string_view name) {
        std::erase_if(headers, [&](const auto& pair) { return same_name(pair.first, name); });
    }
    std::string head() const {
        std::string text = first + "\r\n";
        for (const auto& [name, value] : headers) text.append(name + ": " + value + "\r\n");
        return text + "\r\n";
    }
    /// The word of the first line at `index`.
    std::string word(std::size_t index) const {
        std::string_view rest = first;
        for (; index > 0; --index)
            rest.remove_prefix(std::min(rest.find(' '), rest.size() - 1) + 1);
        return std::string(rest.substr(0, rest.find(' ')));
    }
    int status() const { return std::atoi(word(1).c_str()); }
};

/// Reads messages off a socket.
class Reader {
  public:
    explicit Reader(const os::Descriptor& socket) : socket_(socket) {}

    /// False where the connection ends first.
    bool head(Message& message) {
        std::size_t end = 0;
        while ((end = ahead_.find("\r\n\r\n")) == std::string::npos)
            if (ahead_.size() > head_limit || !more()) return false;
        std::string_view text(ahead_.data(), end);
        message.first = text.substr(0, text.find("\r\n"));
        text.remove_prefix(std::min(message.first.size() + 2, text.size()));
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find("\r\n"));
            text.remove_prefix(std::min(line.size() + 2, text.size()));
            const std::size_t colon = std::min(line.find(':'), line.size());
            std::string_view value = line.substr(std::min(colon + 1, line.size()));
            while (value.starts_with(' ')) value.remove_prefix(1);
            message.headers.emplace_back(line.substr(0, colon), value);
        }
        ahead_.erase(0, end + 4);
        return true;
    }

    /// The body that the head announces. `to_end`: one of unknown length ends with the connection.
    bool body(Message& message, bool to_end) {
        if (message.header("Transfer-Encoding").contains("chunked")) return chunks(message.body);
        const std::string length = message.header("Content-Length");
        if (!length.empty()) return take(message.body, std::stoull(length));
        if (!to_end) return true;
        while (more()) {
        }
        message.body = std::exchange(ahead_, {});
        return true;
    }

  private:
    bool more() {
        std::array<char, 65536> buffer;
        const ssize_t count = ::recv(socket_.number(), buffer.data(), buffer.size(), 0);
        if (count <= 0) return false;
        ahead_.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }
    bool take(std::string& to, std::size_t count) {
        while (ahead_.size() < count)
            if (!more()) return false;
        to.append(ahead_, 0, count);
        ahead_.erase(0, count);
        return true;
    }
    bool line(std::string& to) {
        std::size_t end = 0;
        while ((end = ahead_.find("\r\n")) == std::string::npos)
            if (ahead_.size() > head_limit || !more()) return false;
        to = ahead_.substr(0, end);
        ahead_.erase(0, end + 2);
        return true;
    }
    bool chunks(std::string& to) {
        std::string text;
        while (line(text)) {
            const std::size_t size = std::stoull(text, nullptr, 16);
            if (size == 0) break;
            if (!take(to, size) || !line(text)) return false;
        }
        while (line(text))  // trailers
            if (text.empty()) return true;
        return false;
    }

    const os::Descriptor& socket_;
    std::string ahead_;
};

/// Says the length of a body that came in chunks or to the end of a connection.
void make_whole(Message& message) {
    message.remove("Transfer-Encoding");
    message.remove("Connection");
    message.remove("Content-Length");
    message.headers.emplace_back("Content-Length", std::to_string(message.body.size()));
}

bool has_no_body(const std::string& method, int status) {
    return method == "HEAD" || status == 204 || status == 304;
}

Message answer_of(const Fault& fault, const std::string& method) {
    Message answer = {.first = "HTTP/1.1 " + std::to_string(fault.status) + " Fault",
                      .headers = {{"Content-Type", "text/plain"}},
                      .body = fault.body};
    if (fault.status == 401)
        answer.headers.emplace_back("WWW-Authenticate", "Basic realm=\"fault\"");
    if (fault.status == 429) answer.headers.emplace_back("Retry-After", "1");
    make_whole(answer);
    if (method == "HEAD") answer.body.clear();
    return answer;
}

/// A rule, and the requests that matched it so far.
struct Counted {
    FaultRule rule;
    std::size_t matched = 0;

    bool is_due(const std::string& method, const std::string& target) {
        if (!rule.method.empty() && rule.method != method) return false;
        if (::fnmatch(rule.target.c_str(), target.c_str(), 0) != 0) return false;
        ++matched;
        if (matched < rule.nth) return false;
        return rule.times == 0 || matched < rule.nth + rule.times;
    }
};

/// A client that is being served.
struct Client {
    os::Descriptor socket;
    std::jthread thread;
    bool is_over = false;
};

}  // namespace

std::string to_string(const Fault& fault) {
    const std::string time = " " + std::to_string(fault.time.count()) + " ms";
    switch (fault.kind) {
        case Fault::Kind::refuse:
            return "refuse" + time;
        case Fault::Kind::reset_before:
            return "reset before";
        case Fault::Kind::reset_after:
            return "reset after";
        case Fault::Kind::delay:
            return "delay" + time;
        case Fault::Kind::delay_answer:
            return "delay answer" + time;
        case Fault::Kind::truncate:
            return "truncate";
        case Fault::Kind::answer:
            return "answer " + std::to_string(fault.status);
        case Fault::Kind::answer_after:
            return "act, then answer " + std::to_string(fault.status);
        case Fault::Kind::duplicate:
            return "duplicate";
    }
    throw std::logic_error("no such fault");
}

std::vector<Fault> all_faults() {
    constexpr std::chrono::milliseconds a_while(300);
    std::vector<Fault> faults = {{.kind = Fault::Kind::refuse, .time = a_while},
                                 {.kind = Fault::Kind::reset_before},
                                 {.kind = Fault::Kind::reset_after},
                                 {.kind = Fault::Kind::delay, .time = a_while},
                                 {.kind = Fault::Kind::delay_answer, .time = a_while},
                                 {.kind = Fault::Kind::truncate},
                                 {.kind = Fault::Kind::duplicate},
                                 {.kind = Fault::Kind::answer_after, .status = 500},
                                 {.kind = Fault::Kind::answer_after, .status = 504}};
    for (const int status : {401, 403, 404, 429, 500, 503})
        faults.push_back({.kind = Fault::Kind::answer, .status = status});
    return faults;
}

struct FaultProxy::State {
    unsigned server_port = 0, port = 0;
    os::Descriptor listener;
    std::mutex mutex;
    std::condition_variable stop;
    bool is_stopping = false;
    bool is_refusing = false;
    std::chrono::steady_clock::time_point refuses_until{};
    std::vector<Counted> rules;
    std::size_t spoilt = 0;
    std::vector<Exchange> exchanges;
    std::list<Client> clients;
    std::jthread acceptor;

    void accept_all(const std::stop_token& stopped);
    void accept();
    void reap();
    void serve(Client& client);
    bool exchange(Client& client, Message& request);
    std::optional<Fault> due_fault(const std::string& method, const std::string& target);
    bool spoil(Client& client, const Message& request, const Fault& fault, std::size_t number);
    std::optional<Message> ask_server(const Message& request, std::size_t number);
    bool refuses();
    void listen_again();
    bool pause(std::chrono::milliseconds time);
};

bool FaultProxy::State::refuses() {
    const std::scoped_lock lock(mutex);
    if (std::chrono::steady_clock::now() >= refuses_until) listen_again();
    return is_refusing;
}

/// Under the lock.
void FaultProxy::State::listen_again() {
    if (is_refusing) ::listen(listener.number(), backlog);
    is_refusing = false;
}

/// False where the proxy ends meanwhile.
bool FaultProxy::State::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    return !stop.wait_for(lock, time, [&] { return is_stopping; });
}

void FaultProxy::State::accept_all(const std::stop_token& stopped) {
    while (!stopped.stop_requested()) {
        if (refuses()) {
            pause(std::chrono::milliseconds(2));
            continue;
        }
        pollfd ready = {.fd = listener.number(), .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, 5) == 1) accept();
        reap();
    }
}

void FaultProxy::State::accept() {
    os::Descriptor socket(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) return;
    const int on = 1;
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::scoped_lock lock(mutex);
    Client& client = clients.emplace_back();
    client.socket = std::move(socket);
    client.thread = std::jthread([this, &client] {
        serve(client);
        ::shutdown(client.socket.number(), SHUT_RDWR);
        const std::scoped_lock end(mutex);
        client.is_over = true;
    });
}

void FaultProxy::State::reap() {
    std::list<Client> over;
    const std::scoped_lock lock(mutex);
    for (auto at = clients.begin(); at != clients.end();) {
        const auto next = std::next(at);
        if (at->is_over) over.splice(over.end(), clients, at);
        at = next;
    }
}

void FaultProxy::State::serve(Client& client) {
    Reader reader(client.socket);
    for (;;) {
        Message request;
        if (!reader.head(request)) return;
        if (same_name(request.header("Expect"), "100-continue")) {
            if (!send_all(client.socket, "HTTP/1.1 100 Continue\r\n\r\n")) return;
            request.remove("Expect");
        }
        const bool is_last = same_name(request.header("Connection"), "close");
        if (!reader.body(request, false)) return;
        if (!exchange(client, request) || is_last) return;
    }
}

std::optional<Fault> FaultProxy::State::due_fault(const std::string& method,
                                                  const std::string& target) {
    std::optional<Fault> due;
    for (Counted& counted : rules)
        if (counted.is_due(method, target) && !due) due = counted.rule.fault;
    return due;
}

/// False where the connection is over.
bool FaultProxy::State::exchange(Client& client, Message& request) {
    if (!request.body.empty() || !request.header("Transfer-Encoding").empty()) make_whole(request);
    request.remove("Connection");
    request.headers.emplace_back("Connection", "close");  // to the server: one each
    const std::string method = request.word(0), target = request.word(1);
    std::size_t number = 0;
    std::optional<Fault> fault;
    {
        const std::scoped_lock lock(mutex);
        number = exchanges.size();
        fault = due_fault(method, target);
        exchanges.push_back({.method = method, .target = target});
        if (fault) exchanges.back().fault = to_string(*fault), ++spoilt;
    }
    bool lives = false;
    if (fault) {
        lives = spoil(client, request, *fault, number);
    } else if (const auto answer = ask_server(request, number)) {
        lives = send_all(client.socket, answer->head() + answer->body);
    }
    const std::scoped_lock lock(mutex);
    exchanges[number].is_over = true;
    return lives;
}

std::optional<Message> FaultProxy::State::ask_server(const Message& request, std::size_t number) {
    const os::Descriptor socket = new_socket();
    const sockaddr_in address = loopback(server_port);
    const auto* const any = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket.number(), any, sizeof address) != 0) return std::nullopt;
    // A server may answer before it has read all, and reset the rest: its answer counts.
    send_all(socket, request.head() + request.body);
    Reader reader(socket);
    Message answer;
    do {
        answer = {};
        if (!reader.head(answer)) return std::nullopt;
    } while (answer.status() < 200);
    if (has_no_body(request.word(0), answer.status())) {
        answer.remove("Connection");
    } else {
        if (!reader.body(answer, true)) return std::nullopt;
        make_whole(answer);
    }
    const std::scoped_lock lock(mutex);
    exchanges[number].status = answer.status();
    return answer;
}

/// False where the connection is over.
bool FaultProxy::State::spoil(Client& client, const Message& request, const Fault& fault,
                              std::size_t number) {
    using Kind = Fault::Kind;
    const std::string method = request.word(0);
    if (fault.kind == Kind::answer) {
        const Message made = answer_of(fault, method);
        return send_all(client.socket, made.head() + made.body);
    }
    if (fault.kind == Kind::refuse) {
        const std::scoped_lock lock(mutex);
        refuses_until = std::chrono::steady_clock::now() + fault.time;
        is_refusing = true;
        // It keeps its port, and may listen again.
        ::shutdown(listener.number(), SHUT_RDWR);
    }
    if (fault.kind == Kind::refuse || fault.kind == Kind::reset_before) {
        reset(client.socket);
        return false;
    }
    if (fault.kind == Kind::delay && !pause(fault.time)) return false;
    if (fault.kind == Kind::duplicate) ask_server(request, number);
    const std::optional<Message> answer = ask_server(request, number);
    if (!answer || fault.kind == Kind::reset_after) {
        reset(client.socket);
        return false;
    }
    if (fault.kind == Kind::answer_after) {
        const Message made = answer_of(fault, method);
        return send_all(client.socket, made.head() + made.body);
    }
    if (fault.kind == Kind::delay_answer && !pause(fault.time)) return false;
    std::string bytes = answer->head() + answer->body;
    if (fault.kind != Kind::truncate) return send_all(client.socket, bytes);
    const std::size_t cut = answer->body.empty() ? bytes.size() / 2 : answer->body.size() / 2 + 1;
    bytes.resize(bytes.size() - cut);
    send_all(client.socket, bytes);
    return false;
}

FaultProxy::FaultProxy(const std::string& server_address) : state_(std::make_unique<State>()) {
    state_->server_port =
        static_cast<unsigned>(std::stoul(server_address.substr(server_address.find(':') + 1)));
    // Only a port that was asked for by its number outlives a time without listening.
    const os::Descriptor finds_port = bound(state_->port);
    state_->listener = bound(state_->port);
    if (::listen(state_->listener.number(), backlog) != 0) throw std::runtime_error("no proxy");
    State* const state = state_.get();
    state_->acceptor =
        std::jthread([state](const std::stop_token& stopped) { state->accept_all(stopped); });
}

FaultProxy::~FaultProxy() {
    state_->acceptor.request_stop();
    {
        const std::scoped_lock lock(state_->mutex);
        state_->is_stopping = true;
        for (const Client& client : state_->clients) ::shutdown(client.socket.number(), SHUT_RDWR);
    }
    state_->stop.notify_all();
    state_->acceptor.join();
    for (Client& client : state_->clients) client.thread.join();
}

std::string FaultProxy::address() const {
    return "127.0.0.1:" + std::to_string(state_->port);
}

std::string FaultProxy::url(std::string_view target) const {
    return "http://" + address() + std::string(target);
}

void FaultProxy::add(const FaultRule& rule) {
    const std::scoped_lock lock(state_->mutex);
    state_->rules.push_back({.rule = rule});
}

void FaultProxy::clear() {
    const std::scoped_lock lock(state_->mutex);
    state_->rules.clear();
    state_->spoilt = 0;
    state_->listen_again();
}

std::size_t FaultProxy::spoilt() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->spoilt;
}

std::vector<FaultProxy::Exchange> FaultProxy::exchanges() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->exchanges;
}

}  // namespace lockstep::testing
