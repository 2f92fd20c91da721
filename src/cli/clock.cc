#include "cli/clock.h"

#include <cstdlib>
#include <ctime>

#include "os/environment.h"

namespace lockstep::cli {

std::int64_t now() {
    if (const auto fixed = os::environment("SOURCE_DATE_EPOCH"); fixed.has_value())
        return std::strtoll(fixed->c_str(), nullptr, 10);
    return std::time(nullptr);
}

}  // namespace lockstep::cli
