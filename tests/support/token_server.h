#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "support/registry_server.h"

namespace lockstep::testing {

struct TokenSetup {
    /// Who may ask; without credentials one is "" and may too.
    struct User {
        std::string name, password;
        std::string identity_token = {};  // that is worth as much, in the OAuth2 form
    };
    std::vector<User> users = {{"alice", "secret"}};
    /// What is granted, of what is asked for.
    struct Grant {
        std::string user;        // "" is anybody
        std::string repository;  // "*" is any
        std::vector<std::string> actions;
    };
    std::vector<Grant> grants = {{"", "*", {"pull"}}, {"alice", "*", {"pull", "push", "delete"}}};
    std::chrono::seconds lifetime = std::chrono::minutes(5);
    /// What the answer says of it; as long as it lives, where 0.
    std::chrono::seconds told_lifetime = std::chrono::seconds(0);
};

/// A token endpoint as registries of the distribution family expect it: GET with Basic
/// authentication or none, POST in the OAuth2 form (distribution specification "Token
/// Authentication"). Signs RS256 with a certificate in the header. On a free port of loopback, in a
/// thread of its own, from the constructor to the destructor.
class TokenServer {
  public:
    explicit TokenServer(TokenSetup setup = {});
    ~TokenServer();
    TokenServer(const TokenServer&) = delete;
    TokenServer& operator=(const TokenServer&) = delete;

    /// For RegistrySetup::token. Names the host "localhost".
    TokenRealm realm() const;

    struct Request {
        std::string method;               // "GET", "POST"
        std::string user;                 // "" where nobody said
        std::vector<std::string> scopes;  // asked for
        int status = 0;                   // 200, 401
    };
    std::vector<Request> requests() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::testing
