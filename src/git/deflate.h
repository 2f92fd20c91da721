#pragma once

#include <string>
#include <string_view>

namespace lockstep::git {

/// `bytes` as a zlib stream (RFC 1950), quickly rather than small. Thread-safe.
std::string deflate(std::string_view bytes);

}  // namespace lockstep::git
