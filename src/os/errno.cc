#include "os/errno.h"

#include <errno.h>
#include <string.h>

namespace lockstep::os {

Error::Kind kind_of_errno(int number) {
    switch (number) {
        case ENOENT:
        case ENOTDIR:
            return Error::Kind::not_found;
        case EACCES:
        case EPERM:
        case EROFS:
        case ELOOP:
            return Error::Kind::denied;
        case EEXIST:
        case ENOTEMPTY:
            return Error::Kind::conflict;
        default:
            return Error::Kind::unavailable;
    }
}

std::unexpected<Error> fail_errno(std::string doing, int number) {
    const char* text = ::strerrordesc_np(number);
    doing += ": ";
    doing += text == nullptr ? "error " + std::to_string(number) : std::string(text);
    return fail(kind_of_errno(number), std::move(doing));
}

}  // namespace lockstep::os
