#pragma once

#include <string>
#include <string_view>

#include "http/client.h"
#include "support/raw_server.h"

namespace lockstep::http {

inline Url url(std::string_view text) {
    return Url::parse(text).value();
}

/// "200 the body", or "denied: the message", with `host_port` written as HOST.
inline std::string text_of(const Result<Response>& answer, std::string_view host_port = {}) {
    std::string text =
        answer ? std::to_string(answer->status) + " " + answer->body
               : std::string(to_string(answer.error().kind)) + ": " + answer.error().message;
    while (!host_port.empty() && text.contains(host_port))
        text.replace(text.find(host_port), host_port.size(), "HOST");
    return text;
}

}  // namespace lockstep::http
