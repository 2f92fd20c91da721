#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace lockstep::http {

/// Collects the head of an answer from its lines. Interim answers (1xx) are read over; what stands
/// behind the body (trailers) is no header.
class HeaderReader {
  public:
    /// `bytes_max`: of all lines together, those that are read over included.
    explicit HeaderReader(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// One line with its end, or without. `invalid` where it is too much, or a Content-Length that
    /// is no number or contradicts another one.
    Result<void> take(std::string_view line);

    int status() const { return status_; }  // 0: no answer yet
    bool is_complete() const { return is_complete_; }
    Headers& headers() { return headers_; }

  private:
    Result<void> take_field(std::string_view line);

    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    int status_ = 0;
    bool is_complete_ = false;
    Headers headers_;
};

}  // namespace lockstep::http
