#pragma once

#include "base/error.h"
#include "http/message.h"
#include "json/value.h"

namespace lockstep::cluster {

/// What an answer that is no success means. The server says it in a Status object
/// (meta.k8s.io/v1), of which the message is used; proxies say it in any way. `denied` (401, 403),
/// `not_found`, `conflict` (410: what was asked for has passed, ask anew), `unavailable` (429,
/// 5xx), else `invalid`.
Error error_of(const http::Response& response);
/// The same of a Status that stands in a watch.
Error error_of(const json::Value& status);

}  // namespace lockstep::cluster
