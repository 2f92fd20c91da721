#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "cluster/access.h"

namespace lockstep::cluster {

/// What a request is sent with. Secrets.
struct Credentials {
    std::string authorization;     // header; empty: none
    std::string certificate, key;  // PEM; empty: none

    bool operator==(const Credentials&) const = default;
};

/// The credentials of a user, which change while a program runs: a file of a token is read again
/// when it is older than `file_age_max`, a plugin runs again when what it handed out is over. For
/// one thread at a time. Borrows the access.
class Identity {
  public:
    static constexpr std::chrono::seconds file_age_max{10};

    explicit Identity(const Access& access) : access_(&access) {}

    Result<Credentials> current();
    /// The cluster refused the current ones: whether others can be had at all.
    bool forget();

  private:
    Result<Credentials> make();
    bool is_due() const;

    const Access* access_;
    std::optional<Credentials> made_;
    std::chrono::steady_clock::time_point made_at_;
    std::optional<std::int64_t> expires_;
};

}  // namespace lockstep::cluster
