#pragma once

#include <span>
#include <string>

namespace lockstep::crypto {

/// Two lower-case digits for each byte.
std::string hexadecimal(std::span<const unsigned char> bytes);

}  // namespace lockstep::crypto
