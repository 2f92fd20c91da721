#include "images/endpoint.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace lockstep::images {

namespace {

constexpr int unauthorized = 401;

/// A token is not used in the last tenth of its life: it must last until the request has arrived.
std::chrono::steady_clock::time_point usable_until(const Token& token) {
    return std::chrono::steady_clock::now() + token.lifetime -
           std::max<std::chrono::milliseconds>(token.lifetime / 10, std::chrono::milliseconds(500));
}

bool may_be_sent_again(const http::Request& request) {
    return request.source == nullptr || request.source->rewind();
}

std::vector<Challenge> challenges_of(const http::Response& response) {
    std::vector<Challenge> all;
    for (const std::string_view field : response.headers.all("WWW-Authenticate"))
        std::ranges::move(parse_challenges(field), std::back_inserter(all));
    return all;
}

}  // namespace

Endpoint::Endpoint(http::Url base, std::string credential_host, bool is_trusted,
                   http::Client& client, const Credentials& credentials)
    : base_(std::move(base)),
      credential_host_(std::move(credential_host)),
      is_trusted_(is_trusted),
      client_(&client),
      credentials_(&credentials) {}

http::Url Endpoint::url(std::string_view path) const {
    std::string text = base_.str();
    if (!text.ends_with('/')) text += '/';
    Result<http::Url> url = http::Url::parse(text + "v2/" + std::string(path));
    CHECK(url.has_value());  // names in it were checked where they were parsed
    return *std::move(url);
}

Result<std::string> Endpoint::authorization_for(const Call& call) const {
    if (!call.request.url.has_origin_of(base_)) return std::string();
    const std::scoped_lock lock(mutex_);
    if (scheme_ == Scheme::basic) {
        const std::optional<Credential> credential =
            TRY(credentials_->find(credential_host_, call.repository));
        return credential ? basic_authorization(*credential) : std::string();
    }
    if (scheme_ != Scheme::bearer) return std::string();
    const auto found = tokens_.find(call.scopes);
    if (found == tokens_.end()) return std::string();
    if (!found->second) return std::unexpected(found->second.error());
    return "Bearer " + found->second->token;
}

Result<TokenQuery> Endpoint::query_for(const Call& call) const {
    const http::Url realm = TRY(checked_realm(base_, realm_));
    auto credential = TRY(credentials_->find(credential_host_, call.repository));
    return TokenQuery{.realm = realm,
                      .service = service_,
                      .scopes = call.scopes,
                      .credential = std::move(credential),
                      // The user who named the registry named that host, not another one.
                      .is_trusted = is_trusted_ && realm.host() == base_.host()};
}

std::vector<TokenQuery> Endpoint::missing_tokens(const Calls& calls) {
    const std::scoped_lock lock(mutex_);
    std::vector<TokenQuery> queries;
    if (scheme_ != Scheme::bearer) return queries;
    const auto now = std::chrono::steady_clock::now();
    for (const Call* call : calls) {
        if (!call->request.url.has_origin_of(base_)) continue;
        const auto [token, is_new] =
            tokens_.try_emplace(call->scopes, Kept{.token = {}, .until = {}});
        const bool is_usable = !is_new && token->second && token->second->until > now;
        const bool is_asked =
            std::ranges::find(queries, call->scopes, &TokenQuery::scopes) != queries.end();
        if (is_usable || is_asked) continue;
        Result<TokenQuery> query = query_for(*call);
        if (query)
            queries.push_back(*std::move(query));
        else
            token->second = std::unexpected(std::move(query.error()));
    }
    return queries;
}

void Endpoint::fetch_tokens(const Calls& calls) {
    const std::vector<TokenQuery> queries = missing_tokens(calls);
    if (queries.empty()) return;
    std::vector<http::Request> requests;
    for (const TokenQuery& query : queries) requests.push_back(token_request(query));
    const std::vector<Result<http::Response>> answers = client_->send_all(requests);
    const std::scoped_lock lock(mutex_);
    for (std::size_t at = 0; at < queries.size(); ++at) {
        Result<Kept>& kept = tokens_.at(queries[at].scopes);
        const Result<Token> token =
            answers[at] ? parse_token(*answers[at]) : std::unexpected(answers[at].error());
        if (token)
            kept = Kept{.token = token->text, .until = usable_until(*token)};
        else
            kept = std::unexpected(token.error());
    }
}

std::vector<Result<http::Response>> Endpoint::send_round(const Calls& calls) {
    fetch_tokens(calls);
    std::vector<http::Request> requests;
    std::vector<Result<http::Response>> answers(
        calls.size(), fail(Error::Kind::internal, "a request was not sent"));
    std::vector<std::size_t> sent;
    for (std::size_t at = 0; at < calls.size(); ++at) {
        Result<std::string> authorization = authorization_for(*calls[at]);
        if (!authorization) {
            answers[at] = std::unexpected(std::move(authorization.error()));
            continue;
        }
        http::Request request = calls[at]->request;
        if (!authorization->empty())
            request.headers.add("Authorization", *std::move(authorization));
        requests.push_back(std::move(request));
        sent.push_back(at);
    }
    std::vector<Result<http::Response>> received = client_->send_all(requests);
    for (std::size_t at = 0; at < sent.size(); ++at) answers[sent[at]] = std::move(received[at]);
    return answers;
}

/// What a refusal says about how to ask; false where asking again would change nothing.
bool Endpoint::learn(const Call& call, const http::Response& refusal) {
    if (!refusal.url.has_origin_of(base_) || !may_be_sent_again(call.request)) return false;
    const std::vector<Challenge> challenges = challenges_of(refusal);
    const auto offers = [&](std::string_view scheme) {
        return std::ranges::find(challenges, scheme, &Challenge::scheme);
    };
    const std::scoped_lock lock(mutex_);
    if (const auto bearer = offers("bearer"); bearer != challenges.end()) {
        scheme_ = Scheme::bearer;
        realm_ = bearer->find("realm");
        service_ = bearer->find("service");
        tokens_.erase(call.scopes);  // refused: it has expired, or never was enough
        return true;
    }
    const bool is_news = scheme_ != Scheme::basic && offers("basic") != challenges.end();
    if (is_news) scheme_ = Scheme::basic;
    return is_news;
}

std::vector<Result<http::Response>> Endpoint::send(std::span<const Call> calls) {
    Calls round;
    for (const Call& call : calls) round.push_back(&call);
    std::vector<Result<http::Response>> answers;
    // How a stranger wants to be asked is learnt from one, not from all.
    const bool is_stranger = [&] {
        const std::scoped_lock lock(mutex_);
        return scheme_ == Scheme::unknown;
    }();
    if (is_stranger && calls.size() > 1) {
        answers.push_back(send(calls.front()));
        round.erase(round.begin());
    }
    std::ranges::move(send_round(round), std::back_inserter(answers));

    Calls again;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < calls.size(); ++at) {
        const Result<http::Response>& answer = answers[at];
        if (!answer || answer->status != unauthorized || !learn(calls[at], *answer)) continue;
        again.push_back(&calls[at]);
        places.push_back(at);
    }
    if (!again.empty()) {
        std::vector<Result<http::Response>> second = send_round(again);
        for (std::size_t at = 0; at < places.size(); ++at)
            answers[places[at]] = std::move(second[at]);
    }
    const std::scoped_lock lock(mutex_);
    const bool was_heard =
        std::ranges::any_of(answers, [](const auto& a) { return a.has_value(); });
    if (scheme_ == Scheme::unknown && was_heard) scheme_ = Scheme::none;
    return answers;
}

Result<http::Response> Endpoint::send(const Call& call) {
    return std::move(send(std::span(&call, 1)).front());
}

bool Endpoint::is_registry() {
    {
        const std::scoped_lock lock(mutex_);
        if (is_registry_) return *is_registry_;
    }
    // Without credentials: their refusal is an answer too.
    const Result<http::Response> answer =
        client_->send({.url = url(""), .is_trusted = is_trusted_});
    const bool found = answer && (answer->status == 200 || answer->status == unauthorized);
    const std::scoped_lock lock(mutex_);
    if (answer) is_registry_ = found;
    return found;
}

}  // namespace lockstep::images
