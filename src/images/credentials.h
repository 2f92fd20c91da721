#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::images {

/// Who we are to one registry. Never printed.
struct Credential {
    std::string user, password;
    std::string identity_token;  // an OAuth2 refresh token, instead of a password
};

/// Credentials where docker and podman keep them: in the file that `REGISTRY_AUTH_FILE` names;
/// else in `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, then in
/// `$XDG_RUNTIME_DIR/containers/auth.json`, then in `~/.config/containers/auth.json`. In each file
/// credHelpers, then the longest `host/path` of auths (containers-auth.json(5)), then credsStore.
/// Thread-safe.
class Credentials {
  public:
    /// Reads the files; one that is broken is an error (`usage`) with its place, since guessing
    /// "anonymous" would hide it. One that is missing is none.
    static Result<Credentials> from_environment();
    Credentials();  // anonymous everywhere
    Credentials(Credentials&&) noexcept;
    Credentials& operator=(Credentials&&) noexcept;
    ~Credentials();

    /// Nothing where nobody said who we are.
    Result<std::optional<Credential>> find(std::string_view host_port,
                                           std::string_view repository) const;

  private:
    struct File;
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::images
