#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/message.h"

namespace lockstep::images {

/// What the body of an error answer says: codes ("MANIFEST_UNKNOWN") and messages of the OCI
/// distribution specification ("Error Codes"). Empty where it is something else, as many are.
struct RegistryErrors {
    std::vector<std::string> codes;
    std::string message;  // of the first, printable and at most 300 characters

    bool has(std::string_view code) const;
};
RegistryErrors parse_registry_errors(std::string_view body);

/// An answer that is no success, as an error: 401 and 403 `denied`, 404 `not_found`, 409 and 412
/// `conflict`, 413 and other 4xx `invalid`, 429 and 5xx `unavailable`. `doing` names the object:
/// "reading the manifest `app:1`".
Error error_of(const http::Response& response, std::string_view doing);

}  // namespace lockstep::images
