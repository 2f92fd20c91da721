#include "os/mapped_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "os/descriptor.h"
#include "os/errno.h"

namespace lockstep::os {

Result<MappedFile> MappedFile::open(const std::string& path) {
    // Without O_NONBLOCK a pipe at this place would be waited for.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) return fail_errno("opening `" + path + '`', errno);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return fail_errno("reading `" + path + '`', errno);
    if (!S_ISREG(status.st_mode))
        return fail(Error::Kind::invalid, '`' + path + "` is no regular file");
    if (status.st_size == 0) return MappedFile({});
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (begin == MAP_FAILED) return fail_errno("mapping `" + path + '`', errno);
    return MappedFile({static_cast<const char*>(begin), size});
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

}  // namespace lockstep::os
