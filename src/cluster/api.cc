#include "cluster/api.h"

#include <mutex>
#include <utility>
#include <vector>

#include "cluster/identity.h"
#include "cluster/status.h"
#include "http/client.h"
#include "os/file.h"

namespace lockstep::cluster {

namespace {

constexpr std::size_t body_bytes_max = 64u << 20;
/// A watch may be silent for as long as nothing happens: its bookmarks come about once a minute.
constexpr std::chrono::minutes silence_max{5};

bool is_success(const http::Response& response) {
    return response.status >= 200 && response.status < 300;
}

/// Without the text: an address may hold a password.
std::unexpected<Error> no_address(const std::string& what) {
    return fail(Error::Kind::usage, "the kubeconfig's `" + what + "` is no URL");
}

bool has_secrets(const User& user) {
    return !user.token.empty() || !user.token_file.empty() || !user.password.empty() || user.plugin;
}

}  // namespace

struct Api::State {
    State(Access given, ApiOptions with) : access(std::move(given)), options(std::move(with)) {}

    http::Tls tls(const Credentials& credentials) const;
    Result<http::Request> request(const std::string& target, const Credentials& credentials) const;
    http::Options http_options(const http::Tls& tls) const;
    http::Client& client_for(const Credentials& credentials);
    /// Sends by `send`, once more where the credentials were refused and others can be had.
    template <typename Send>
    Result<http::Response> ask(const std::string& target, Send send);

    Access access;
    ApiOptions options;
    std::string authority;  // PEM; empty: the system's

    std::mutex mutex;  // of what follows
    Identity identity{access};
    // One for each certificate that was used so far: others may still be asking by an older one.
    std::vector<std::pair<Credentials, std::unique_ptr<http::Client>>> clients;
};

http::Tls Api::State::tls(const Credentials& credentials) const {
    http::Tls tls;
    tls.authority_text = authority;
    tls.certificate_text = credentials.certificate;
    tls.key_text = credentials.key;
    tls.server_name = access.server.server_name;
    tls.is_verified = !access.server.is_insecure;
    return tls;
}

http::Options Api::State::http_options(const http::Tls& tls) const {
    http::Options http;
    http.user_agent = options.user_agent;
    http.exchange_timeout = options.exchange_timeout;
    http.tls_for = [tls](std::string_view) { return tls; };
    if (!access.server.proxy.empty()) http.proxy = access.server.proxy;
    return http;
}

http::Client& Api::State::client_for(const Credentials& credentials) {
    for (auto& [known, client] : clients)
        if (known.certificate == credentials.certificate && known.key == credentials.key)
            return *client;
    const http::Tls with = tls(credentials);
    clients.emplace_back(credentials, std::make_unique<http::Client>(http_options(with)));
    return *clients.back().second;
}

Result<http::Request> Api::State::request(const std::string& target,
                                          const Credentials& credentials) const {
    std::string base = access.server.url;
    while (base.ends_with('/')) base.pop_back();
    Result<http::Url> url = http::Url::parse(base + target);
    if (!url) return no_address("server");
    http::Request request = {.url = *std::move(url)};
    request.headers.add("Accept", "application/json");
    if (!credentials.authorization.empty())
        request.headers.add("Authorization", credentials.authorization);
    const User& user = access.user;
    if (!user.acts_as.empty()) request.headers.add("Impersonate-User", user.acts_as);
    if (!user.acts_as_uid.empty()) request.headers.add("Impersonate-Uid", user.acts_as_uid);
    for (const std::string& group : user.acts_as_groups)
        request.headers.add("Impersonate-Group", group);
    request.body_bytes_max = body_bytes_max;
    request.redirects_max = 0;
    request.is_trusted = true;
    return request;
}

template <typename Send>
Result<http::Response> Api::State::ask(const std::string& target, Send send) {
    for (bool may_renew = true;; may_renew = false) {
        Credentials credentials;
        http::Client* client = nullptr;
        {
            const std::scoped_lock lock(mutex);
            credentials = TRY(identity.current());
            client = &client_for(credentials);
        }
        const http::Request asked = TRY(request(target, credentials));
        http::Response response = TRY(send(*client, asked, credentials));
        if (is_success(response)) return response;
        if (response.status == 401 && may_renew) {
            const std::scoped_lock lock(mutex);
            if (identity.forget()) continue;
        }
        return std::unexpected(error_of(response));
    }
}

Result<Api> Api::open(Access access, const ApiOptions& options) {
    const Result<http::Url> url = http::Url::parse(access.server.url);
    if (!url) return no_address("server");
    if (!url->is_secure() && has_secrets(access.user))
        return fail(Error::Kind::denied,
                    "the kubeconfig's `server` speaks no TLS, and its user has credentials",
                    "name it by https; plain http is for `kubectl proxy`, with a user that has "
                    "none");
    auto state = std::make_unique<State>(std::move(access), options);
    const Server& server = state->access.server;
    state->authority = server.authority_data;
    if (state->authority.empty() && !server.authority_file.empty())
        state->authority = TRY(os::read_file(server.authority_file, 8u << 20));
    return Api(std::move(state));
}

Api::Api(std::unique_ptr<State> state) : state_(std::move(state)) {}
Api::Api(Api&&) noexcept = default;
Api& Api::operator=(Api&&) noexcept = default;
Api::~Api() = default;

const Access& Api::access() const {
    return state_->access;
}

Result<std::string> Api::get(const std::string& target) {
    http::Response response =
        TRY(state_->ask(target, [](http::Client& client, const http::Request& request,
                                   const Credentials&) { return client.send(request); }));
    return std::move(response.body);
}

Result<void> Api::stream(const std::string& target, http::Sink& sink, const Streaming& streaming) {
    TRY(state_->ask(target,
                    [&](http::Client&, http::Request request,
                        const Credentials& credentials) -> Result<http::Response> {
                        http::Options options = state_->http_options(state_->tls(credentials));
                        options.stall_timeout = silence_max;
                        options.deadline = streaming.deadline;
                        options.stop = streaming.stop;
                        request.sink = &sink;
                        return http::Client(std::move(options)).send(request);
                    }));
    return {};
}

}  // namespace lockstep::cluster
