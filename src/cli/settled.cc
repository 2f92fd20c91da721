#include "cli/settled.h"

#include "cli/exit_status.h"
#include "cli/output.h"

namespace lockstep::cli {

Result<int> settled(const Error& error) {
    if (error.kind != Error::Kind::conflict) return std::unexpected(error);
    print_error(error);
    return exit_conflict;
}

}  // namespace lockstep::cli
