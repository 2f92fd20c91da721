#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/client.h"
#include "http/message.h"

namespace lockstep::http {

/// How one attempt at an exchange ended.
struct Outcome {
    Result<Response> response;  // its error is yet without the request in its message
    bool may_mend = false;      // of an error: whether another attempt may go better
    bool touched_sink = false, touched_source = false;
    bool multiplexes = false;  // the connection takes several requests at once
};

/// One request on its way to its answer, over redirects and further tries. It decides; it opens
/// nothing. The request and the options are borrowed.
class Exchange {
  public:
    using Time = std::chrono::steady_clock::time_point;

    Exchange(const Request& request, const Options& options);

    const Request& request() const { return *request_; }
    const Url& url() const { return url_; }              // of the next attempt
    const Headers& headers() const { return headers_; }  // of the next attempt
    /// Whether the next attempt may lead to private addresses only if they are public.
    bool is_guarded() const { return !is_trusted_ && !options_->may_reach_private; }
    /// A sink or a source takes part, whose pace is its own.
    bool is_streaming() const { return request_->sink != nullptr || request_->source != nullptr; }

    /// Whether it may be sent more than once.
    bool is_repeatable() const;

    /// The first attempt begins now; what comes before does not count against its time.
    void begin(Time now);
    /// When it must be over; nothing: whenever.
    const std::optional<Time>& until() const { return until_; }

    /// Takes in how an attempt ended: when to try again, or nothing where it is over. `random`: 0
    /// to 1.
    std::optional<Time> settle(Outcome outcome, Time now, double random);
    void fail_with(Error error);
    bool is_over() const { return result_.has_value(); }
    /// Once, when it is over.
    Result<Response> take_result();

  private:
    std::optional<Time> follow(const Response& response, Time now);
    /// When to try again, if at all.
    std::optional<Time> next_try(const Outcome& outcome, Time now, double random);
    const Request* request_;
    const Options* options_;
    Url url_;
    Headers headers_;
    bool is_trusted_;
    bool has_begun_ = false;
    unsigned redirects_ = 0, failures_ = 0;
    std::optional<Time> until_;
    std::optional<Result<Response>> result_;
};

}  // namespace lockstep::http
