#pragma once

#include <string>

#include "base/result.h"

namespace lockstep::os {

/// An error for the system's error number: "doing: No such file or directory".
std::unexpected<Error> fail_errno(std::string doing, int number);

/// The kind of error that a system error number stands for.
Error::Kind kind_of_errno(int number);

}  // namespace lockstep::os
