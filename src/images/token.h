#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "images/credentials.h"

namespace lockstep::images {

/// A token to be fetched.
struct TokenQuery {
    http::Url realm;
    std::string service;
    std::vector<std::string> scopes;  // as asked of the realm
    std::vector<std::string> key;     // under which it is kept
    std::optional<Credential> credential;
    bool is_trusted = false;
};

/// Where a registry at `registry` may send us for tokens. `denied`: http where the registry itself
/// is https, a URL with a user in it, something else.
Result<http::Url> checked_realm(const http::Url& registry, std::string_view realm);

/// GET with basic authentication; with a refresh token the OAuth2 form by POST.
http::Request token_request(const TokenQuery& query);

struct Token {
    std::string text;
    std::chrono::seconds lifetime{60};  // where the answer says none, by the specification
};
/// Reads the answer of a realm. `denied` where it refuses, `invalid` where it is none.
Result<Token> parse_token(const http::Response& response);

/// "Basic dXNlcjpwYXNz".
std::string basic_authorization(const Credential& credential);

}  // namespace lockstep::images
