#include "support/token_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "os/descriptor.h"
#include "support/peer.h"
#include "support/temp_dir.h"
#include "support/tls.h"

namespace lockstep::testing {

namespace {

using Query = std::multimap<std::string, std::string>;

// Registries of this family take a token for so long after it has expired.
constexpr std::time_t leeway = 60;

std::string base64url(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    unsigned bits = 0, held = 0;
    for (const char byte : bytes) {
        held = (held << 8 | static_cast<unsigned char>(byte)) & 0xffffff;
        for (bits += 8; bits >= 6; bits -= 6) text += digits[held >> (bits - 6) & 63];
    }
    if (bits > 0) text += digits[held << (6 - bits) & 63];
    return text;
}

std::string unbase64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos) break;
        held = (held << 6 | static_cast<unsigned>(digit)) & 0xffffff;
        if ((bits += 6) >= 8) bytes += static_cast<char>(held >> (bits -= 8) & 255);
    }
    return bytes;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(at));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
}

Query parse_query(std::string_view text) {
    Query query;
    for (const std::string& pair : split(text, '&')) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        query.emplace(unescaped(pair.substr(0, equals)),
                      unescaped(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return query;
}

std::string first(const Query& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
}

std::string in_quotes(const std::string& text) {
    return '"' + text + '"';
}

/// One request, whole: its head up to the empty line, then the body.
struct Exchange {
    std::string head, body;

    std::string word(unsigned number) const {
        return split(head.substr(0, head.find('\r')), ' ').at(number);
    }
    std::string header(const std::string& name) const {
        std::string lower = head;
        std::ranges::transform(lower, lower.begin(),
                               [](char c) { return static_cast<char>(std::tolower(c)); });
        const std::size_t at = lower.find("\r\n" + name + ": ");
        if (at == std::string::npos) return "";
        const std::size_t begin = at + name.size() + 4;
        return head.substr(begin, head.find('\r', begin) - begin);
    }
};

std::optional<Exchange> read_request(int socket) {
    std::string bytes;
    std::size_t end = std::string::npos;
    for (;;) {
        if (end == std::string::npos) end = bytes.find("\r\n\r\n");
        if (end != std::string::npos) {
            Exchange exchange = {.head = bytes.substr(0, end + 2), .body = bytes.substr(end + 4)};
            const std::string length = exchange.header("content-length");
            if (exchange.body.size() >= (length.empty() ? 0 : std::stoul(length))) return exchange;
        }
        char buffer[4096];
        const ssize_t got = ::recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0) return std::nullopt;
        bytes.append(buffer, static_cast<std::size_t>(got));
    }
}

}  // namespace

struct TokenServer::State {
    TokenSetup setup;
    TempDir dir;
    KeyPair signing = make_signing_key(dir);
    std::string certificate;  // base64, as x5c holds it
    os::Descriptor listener;
    unsigned port = 0;
    mutable std::mutex mutex;
    std::vector<Request> requests;
    std::jthread thread;  // the last: it ends first

    void listen();
    void serve(const std::stop_token& stop);
    std::string answer(const Exchange& exchange);
    std::optional<std::string> user_of(const Exchange& exchange, const Query& query) const;
    std::set<std::string> granted(const std::string& user, const std::string& repository) const;
    std::string access(const std::string& user, const std::vector<std::string>& scopes) const;
    std::string sign(const std::string& claims) const;
};

void TokenServer::State::listen() {
    std::ifstream file(signing.certificate);
    std::string line;
    while (std::getline(file, line)) {
        if (!line.starts_with("-----")) certificate += line;
    }
    listener = os::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener.number(), any, size) != 0 || ::listen(listener.number(), 64) != 0 ||
        ::getsockname(listener.number(), any, &size) != 0) {
        throw std::runtime_error("no port for a token server");
    }
    port = ntohs(address.sin_port);
    thread = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

void TokenServer::State::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd ready = {.fd = listener.number(), .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, 50) <= 0) continue;
        const os::Descriptor client(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
        const timeval patience = {.tv_sec = 5, .tv_usec = 0};
        ::setsockopt(client.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const auto exchange = read_request(client.number());
        if (!exchange) continue;
        const std::string text = answer(*exchange);
        ::send(client.number(), text.data(), text.size(), MSG_NOSIGNAL);
    }
}

std::optional<std::string> TokenServer::State::user_of(const Exchange& exchange,
                                                       const Query& query) const {
    std::string name = first(query, "username"), password = first(query, "password");
    const std::string identity = first(query, "refresh_token");
    const std::string basic = exchange.header("authorization");
    if (basic.starts_with("Basic ")) {
        const std::string pair = unbase64(basic.substr(6));
        name = pair.substr(0, pair.find(':'));
        password = pair.substr(std::min(pair.find(':') + 1, pair.size()));
    }
    if (name.empty() && identity.empty()) return "";
    for (const auto& user : setup.users) {
        if (!identity.empty() && user.identity_token == identity) return user.name;
        if (identity.empty() && user.name == name && user.password == password) return user.name;
    }
    return std::nullopt;
}

std::set<std::string> TokenServer::State::granted(const std::string& user,
                                                  const std::string& repository) const {
    std::set<std::string> actions;
    for (const auto& grant : setup.grants) {
        if (!grant.user.empty() && grant.user != user) continue;
        if (grant.repository != "*" && grant.repository != repository) continue;
        actions.insert(grant.actions.begin(), grant.actions.end());
    }
    return actions;
}

/// The claim `access`: of each "repository:NAME:ACTION,…" what is granted.
std::string TokenServer::State::access(const std::string& user,
                                       const std::vector<std::string>& scopes) const {
    std::string list;
    for (const std::string& scope : scopes) {
        const std::size_t begin = scope.find(':') + 1, end = scope.rfind(':');
        const std::string repository = scope.substr(begin, end - begin);
        const auto allowed = granted(user, repository);
        std::string actions;
        for (const std::string& action : split(scope.substr(end + 1), ',')) {
            if (allowed.contains(action))
                actions += (actions.empty() ? "" : ",") + in_quotes(action);
        }
        if (actions.empty()) continue;
        list += (list.empty() ? "" : ",") + std::string(R"({"type":"repository","name":)") +
                in_quotes(repository) + ",\"actions\":[" + actions + "]}";
    }
    return '[' + list + ']';
}

std::string TokenServer::State::sign(const std::string& claims) const {
    const std::string header =
        R"({"typ":"JWT","alg":"RS256","x5c":[)" + in_quotes(certificate) + "]}";
    std::string text = base64url(header) + '.' + base64url(claims);
    const std::string signature =
        run_tool({"openssl", "dgst", "-sha256", "-sign", signing.key}, text);
    return text + '.' + base64url(signature);
}

std::string TokenServer::State::answer(const Exchange& exchange) {
    Request request = {.method = exchange.word(0), .user = {}, .scopes = {}, .status = 200};
    const std::string target = exchange.word(1);
    const Query query = parse_query(
        request.method == "POST" ? exchange.body
                                 : target.substr(std::min(target.find('?') + 1, target.size())));
    const auto [begin, end] = query.equal_range("scope");
    for (auto scope = begin; scope != end; ++scope) {
        for (const std::string& one : split(scope->second, ' ')) request.scopes.push_back(one);
    }
    const auto user = user_of(exchange, query);
    request.user = user.value_or("");
    std::string body = R"({"errors":[{"code":"UNAUTHORIZED","message":"who are you?"}]})";
    if (user) {
        const std::time_t now = std::time(nullptr);
        const std::time_t over = now + setup.lifetime.count() - leeway;
        const auto told = setup.told_lifetime.count() ? setup.told_lifetime : setup.lifetime;
        const std::string token = sign(
            R"({"iss":"lockstep-test","sub":)" + in_quotes(*user) +
            ",\"aud\":" + in_quotes(first(query, "service")) + ",\"exp\":" + std::to_string(over) +
            ",\"nbf\":" + std::to_string(now - 2 * leeway) + ",\"iat\":" + std::to_string(now) +
            ",\"jti\":\"1\",\"access\":" + access(*user, request.scopes) + '}');
        body = "{\"token\":" + in_quotes(token) + ",\"access_token\":" + in_quotes(token) +
               ",\"expires_in\":" + std::to_string(told.count()) + '}';
    } else {
        request.status = 401;
    }
    const std::string status = request.status == 200 ? "200 OK" : "401 Unauthorized";
    {
        const std::lock_guard lock(mutex);
        requests.push_back(std::move(request));
    }
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

TokenServer::TokenServer(TokenSetup setup) : state_(std::make_unique<State>()) {
    state_->setup = std::move(setup);
    state_->listen();
}
TokenServer::~TokenServer() = default;

TokenRealm TokenServer::realm() const {
    return {.realm = "http://localhost:" + std::to_string(state_->port) + "/token",
            .certificate = state_->signing.certificate};
}

std::vector<TokenServer::Request> TokenServer::requests() const {
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

}  // namespace lockstep::testing
