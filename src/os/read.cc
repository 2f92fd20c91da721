#include "os/read.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/errno.h"

namespace lockstep::os {

Result<std::string> read_regular(const Descriptor& file, const std::string& path,
                                 std::size_t bytes_max) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return fail_errno("reading `" + path + '`', errno);
    if (!S_ISREG(status.st_mode))
        return fail(Error::Kind::invalid, '`' + path + "` is not a regular file");
    const auto too_large = [&] {
        return fail(Error::Kind::invalid,
                    '`' + path + "` is larger than " + std::to_string(bytes_max) + " bytes");
    };
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > bytes_max) return too_large();
    // One byte more than its size, so that less than asked for is the end; it may grow while it is
    // read.
    std::string bytes(size + 1, '\0');
    std::size_t filled = 0;
    while (true) {
        const ssize_t count = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_errno("reading `" + path + '`', errno);
        filled += static_cast<std::size_t>(count);
        if (filled > bytes_max) return too_large();
        if (count == 0 || (size > 0 && filled < bytes.size())) break;
        bytes.resize(filled * 2);
    }
    bytes.resize(filled);
    return bytes;
}

}  // namespace lockstep::os
