#include "images/token.h"

#include <algorithm>

#include "base/base64.h"
#include "images/registry_error.h"
#include "json/parse.h"
#include "json/value.h"

namespace lockstep::images {

namespace {

constexpr std::size_t answer_bytes_max = 1u << 20;
constexpr std::size_t token_bytes_max = 64u << 10;
constexpr std::chrono::seconds lifetime_max = std::chrono::hours(24);

/// What may stand in a header field.
bool is_visible(char c) {
    return c > ' ' && c < 127;
}

std::string form_body(const TokenQuery& query) {
    std::string scopes;
    for (const std::string& scope : query.scopes) scopes += (scopes.empty() ? "" : " ") + scope;
    return "grant_type=refresh_token&client_id=lockstep&service=" + http::escaped(query.service) +
           "&scope=" + http::escaped(scopes) +
           "&refresh_token=" + http::escaped(query.credential->identity_token);
}

std::chrono::seconds lifetime_in(const json::Value& document) {
    const json::Value* const expires = document.find("expires_in");
    const auto* const seconds = expires == nullptr ? nullptr : expires->as<std::int64_t>();
    if (seconds == nullptr || *seconds <= 0) return Token{}.lifetime;
    return std::min(std::chrono::seconds(*seconds), lifetime_max);
}

}  // namespace

Result<http::Url> checked_realm(const http::Url& registry, std::string_view realm) {
    const Result<http::Url> url = http::Url::parse(realm);
    if (!url)
        return fail(Error::Kind::denied,
                    registry.authority() + " sends us for a token to something that is no URL");
    if (registry.is_secure() && !url->is_secure())
        return fail(
            Error::Kind::denied,
            registry.authority() + " sends us for a token to " + url->shown() +
                ", which is not https",
            "credentials do not leave by plain HTTP; the registry's configuration is wrong");
    return *url;
}

http::Request token_request(const TokenQuery& query) {
    http::Request request{.url = query.realm,
                          .body_bytes_max = answer_bytes_max,
                          .is_repeatable = true,
                          .is_trusted = query.is_trusted};
    request.headers.add("Accept", "application/json");
    if (query.credential && !query.credential->identity_token.empty()) {
        request.method = http::Method::post;
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        request.body = form_body(query);
        return request;
    }
    if (!query.service.empty()) request.url = request.url.with_query("service", query.service);
    for (const std::string& scope : query.scopes)
        request.url = request.url.with_query("scope", scope);
    if (query.credential)
        request.headers.add("Authorization", basic_authorization(*query.credential));
    return request;
}

Result<Token> parse_token(const http::Response& response) {
    if (response.status < 200 || response.status > 299)
        return std::unexpected(error_of(response, "asking for a token"));
    const std::string name = "the token of " + response.url.authority();
    const Result<json::Value> document =
        json::parse(name, response.body, {.bytes = answer_bytes_max, .values = 1'000, .depth = 20});
    // What was sent is not shown: it may hold the token.
    if (!document) return fail(Error::Kind::invalid, name + " is no JSON");
    std::string_view text = document->text("token");
    if (text.empty()) text = document->text("access_token");
    if (text.empty() || text.size() > token_bytes_max || !std::ranges::all_of(text, is_visible))
        return fail(Error::Kind::invalid, name + " is missing or no text for a header");
    return Token{.text = std::string(text), .lifetime = lifetime_in(*document)};
}

std::string basic_authorization(const Credential& credential) {
    return "Basic " + encode_base64(credential.user + ':' + credential.password);
}

}  // namespace lockstep::images
