#pragma once

#include <string_view>

#include "base/error.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

/// Adds a Gap to facts that stopped at `declaration_limit`; nothing to others.
void add_limit_gap(Surface surface, std::string_view root, std::string_view path, Facts& facts);

/// `error` with `path` as its place where it has none.
Error placed(Error error, std::string_view path);

}  // namespace lockstep::manifest
