#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace lockstep::http {

/// Whether an answer sends this request elsewhere: 301, 302, 303, 307, 308 to GET and HEAD.
bool is_redirect(Method method, int status);

/// Where `location`, found at `from`, leads. `denied` from https to http, `invalid` where it is no
/// URL that we speak.
Result<Url> redirect_target(const Url& from, std::string_view location);

/// Removes what says who we are: for requests that go to another origin than they were made for.
void remove_credentials(Headers& headers);

}  // namespace lockstep::http
