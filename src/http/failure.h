#pragma once

#include <string>

#include "base/error.h"

namespace lockstep::http {

struct Failure {
    Error error;
    bool may_mend = false;  // another attempt may go better
};

/// What a CURLcode other than CURLE_OK means to us. `said`: libcurl's own words, which are used
/// where they are about hosts, times and certificates only. `system_error`: errno of the connect.
Failure failure_of(int code, const std::string& said, long system_error);

}  // namespace lockstep::http
