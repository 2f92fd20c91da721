#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "os/descriptor.h"

namespace lockstep::os {

/// Everything in an open file. `path` is for messages. `invalid` where it is no regular file (a
/// pipe, a device) or holds more than `bytes_max`.
Result<std::string> read_regular(const Descriptor& file, const std::string& path,
                                 std::size_t bytes_max);

}  // namespace lockstep::os
