#include "http/exchange.h"

#include <algorithm>

#include "base/check.h"
#include "http/redirect.h"
#include "http/retry.h"

namespace lockstep::http {

Exchange::Exchange(const Request& request, const Options& options)
    : request_(&request),
      options_(&options),
      url_(request.url),
      headers_(request.headers),
      is_trusted_(request.is_trusted) {}

void Exchange::begin(Time now) {
    if (has_begun_) return;
    has_begun_ = true;
    until_ = options_->deadline;
    if (is_streaming()) return;
    const Time end = now + options_->exchange_timeout;
    until_ = until_ ? std::min(*until_, end) : end;
}

std::optional<Exchange::Time> Exchange::settle(Outcome outcome, Time now, double random) {
    Result<Response>& response = outcome.response;
    if (response && is_redirect(request_->method, response->status) &&
        request_->redirects_max > 0 && response->headers.find("Location") != nullptr)
        return follow(*response, now);
    if (!response || is_passing(response->status))
        if (const auto again = next_try(outcome, now, random)) return again;
    if (!response) {
        fail_with(std::move(response).error());
        return std::nullopt;
    }
    response->url = url_;
    result_ = std::move(response);
    return std::nullopt;
}

std::optional<Exchange::Time> Exchange::follow(const Response& response, Time now) {
    Result<Url> to = redirect_target(url_, *response.headers.find("Location"));
    if (!to) {
        fail_with(std::move(to).error());
        return std::nullopt;
    }
    if (++redirects_ > request_->redirects_max) {
        fail_with({Error::Kind::invalid,
                   "more than " + std::to_string(request_->redirects_max) + " redirects",
                   {},
                   {}});
        return std::nullopt;
    }
    if (!to->has_origin_of(url_)) {
        remove_credentials(headers_);
        is_trusted_ = false;
    }
    url_ = *std::move(to);
    return now;
}

bool Exchange::is_repeatable() const {
    const Method method = request_->method;
    return request_->is_repeatable.value_or(method == Method::get || method == Method::head ||
                                            method == Method::put);
}

std::optional<Exchange::Time> Exchange::next_try(const Outcome& outcome, Time now, double random) {
    const bool may_mend = outcome.response ? true : outcome.may_mend;
    if (!may_mend || !is_repeatable() || ++failures_ >= options_->tries || outcome.touched_sink)
        return std::nullopt;
    auto pause = pause_after(failures_, options_->pause_first, options_->pause_max, random);
    if (outcome.response) {
        const std::string* asked = outcome.response->headers.find("Retry-After");
        const auto wanted = asked == nullptr
                                ? std::nullopt
                                : parse_retry_after(*asked, std::chrono::system_clock::now());
        if (wanted > options_->pause_max) return std::nullopt;  // sooner would be in vain
        if (wanted) pause = std::max(*wanted, std::chrono::milliseconds(0));
    }
    if (until_ && now + pause >= *until_) return std::nullopt;
    if (outcome.touched_source && !request_->source->rewind()) return std::nullopt;
    return now + pause;
}

void Exchange::fail_with(Error error) {
    error.message = std::string(to_string(request_->method)) + " " + url_.shown() + ": " +
                    std::move(error.message);
    result_ = std::unexpected(std::move(error));
}

Result<Response> Exchange::take_result() {
    CHECK(result_.has_value());
    return *std::move(result_);
}

}  // namespace lockstep::http
