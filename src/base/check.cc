#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace lockstep::detail {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "lockstep: a fault in the program itself: %s does not hold (%s:%d)\n",
                 condition, file, line);
    std::abort();
}

}  // namespace lockstep::detail
