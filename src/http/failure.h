#pragma once

#include <string>

#include "base/error.h"

namespace lockstep::http {

struct Failure {
    Error error;
    bool may_mend = false;  // another attempt may go better
};

/// How a transfer ended that did not end well.
struct Ending {
    int code = 0;                // a CURLcode other than CURLE_OK
    std::string said = {};       // libcurl's own words: used where they are about hosts, times and
                                 // certificates only
    long system_error = 0;       // errno of the connect
    std::string host_port = {};  // that was to be reached
};

/// What that means to us.
Failure failure_of(const Ending& ending);

}  // namespace lockstep::http
