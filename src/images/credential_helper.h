#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "images/credentials.h"

namespace lockstep::images {

/// Asks `docker-credential-<program>` who we are to `server`, by the protocol of
/// github.com/docker/docker-credential-helpers: `get`, the server on standard input. It is found
/// along PATH, run without a shell, and ends after 30 seconds. Nothing where it knows none; an
/// error, without what it printed, where it fails otherwise.
Result<std::optional<Credential>> ask_credential_helper(const std::string& program,
                                                        const std::string& server);

}  // namespace lockstep::images
