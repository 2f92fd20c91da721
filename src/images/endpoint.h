#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/client.h"
#include "images/challenge.h"
#include "images/credentials.h"
#include "images/token.h"

namespace lockstep::images {

/// A request to a registry, and what one must be allowed for it.
struct Call {
    http::Request request;
    std::string repository = {};
    std::vector<std::string> scopes = {};  // "repository:library/nginx:pull"
};

/// One address at which a registry answers: the registry itself or a mirror of it. Says who we are
/// the way it asks for (distribution, "Token Authentication Specification"; RFC 7617), and to
/// nobody else: a request to another origin goes without. Thread-safe.
class Endpoint {
  public:
    /// `base`: "https://registry.example.com", with the path of a mirror if it has one.
    /// `credential_host` is what credentials are kept under. Client and credentials are borrowed.
    Endpoint(http::Url base, std::string credential_host, bool is_trusted, http::Client& client,
             const Credentials& credentials);

    const http::Url& base() const { return base_; }
    bool is_trusted() const { return is_trusted_; }

    /// The URL of `path` below "/v2/": "library/nginx/manifests/1.25".
    http::Url url(std::string_view path) const;

    /// Sends all at once, with what says who we are, and once more where that was not enough: a 401
    /// among the answers is final. In the order of the calls.
    std::vector<Result<http::Response>> send(std::span<const Call> calls);
    Result<http::Response> send(const Call& call);

    /// Whether a registry is there at all, so that its 404 means what it says. Asked once.
    bool is_registry();

  private:
    enum class Scheme { unknown, none, basic, bearer };
    using Scopes = std::vector<std::string>;
    using Calls = std::vector<const Call*>;
    struct Kept {
        std::string token;
        std::chrono::steady_clock::time_point until;
    };

    std::vector<Result<http::Response>> send_round(const Calls& calls);
    void fetch_tokens(const Calls& calls);
    std::vector<TokenQuery> missing_tokens(const Calls& calls);
    Result<TokenQuery> query_for(const Call& call) const;
    Result<std::string> authorization_for(const Call& call) const;
    bool learn(const Call& call, const http::Response& refusal);

    http::Url base_;
    std::string credential_host_;
    bool is_trusted_;
    http::Client* client_;
    const Credentials* credentials_;

    mutable std::mutex mutex_;  // over what follows
    Scheme scheme_ = Scheme::unknown;
    std::string realm_, service_;
    std::map<Scopes, Result<Kept>> tokens_;  // or why there is none
    std::optional<bool> is_registry_;
};

}  // namespace lockstep::images
