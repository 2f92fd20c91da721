#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "cluster/access.h"
#include "http/message.h"

namespace lockstep::cluster {

struct ApiOptions {
    std::string user_agent = "lockstep";
    std::chrono::milliseconds exchange_timeout = std::chrono::minutes(2);
};

/// The HTTP API of one cluster, asked as one user; only ever read. Where the cluster refuses
/// credentials that can be had anew (a plugin's, a file's), it is asked once more with those.
///
/// Errors: those of http::Client, of getting credentials (identity.h), and of answers (status.h).
/// None holds a secret. Thread-safe.
class Api {
  public:
    /// `usage`: the server's URL is none; `denied`: credentials would be sent without TLS.
    static Result<Api> open(Access access, const ApiOptions& options = {});
    Api(Api&&) noexcept;
    Api& operator=(Api&&) noexcept;
    ~Api();

    /// The body of what is at `target` ("/api/v1/pods?limit=500"), JSON of at most 64 MiB.
    Result<std::string> get(const std::string& target);

    struct Streaming {
        std::chrono::steady_clock::time_point deadline;
        std::stop_token stop = {};
    };
    /// The same into `sink` as it comes, until the server ends it.
    Result<void> stream(const std::string& target, http::Sink& sink, const Streaming& streaming);

    const Access& access() const;

  private:
    struct State;
    explicit Api(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::cluster
