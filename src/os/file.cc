#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/backticks.h"
#include "os/errno.h"
#include "os/read.h"

namespace lockstep::os {

namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_errno("writing", errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

/// Permissions for what is about to stand at `path`.
mode_t permissions_at(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
        return status.st_mode & 07777u;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666u & ~mask;
}

/// Removes a temporary file unless it found its place.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Result<void> rename_to(const std::string& target) {
        if (::rename(path_.c_str(), target.c_str()) != 0)
            return fail_errno("replacing " + in_backticks(target), errno);
        path_.clear();
        return {};
    }

  private:
    std::string path_;
};

Result<void> sync_directory(const std::string& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems cannot sync a folder (EINVAL); there is nothing more to be done on those.
    if (!folder || (::fsync(folder.number()) != 0 && errno != EINVAL))
        return fail_errno("syncing " + in_backticks(path), errno);
    return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return fail_errno("reading " + in_backticks(path), errno);
    return read_regular(file, path, bytes_max);
}

Result<std::string> read_standard_input(std::size_t bytes_max) {
    std::string bytes;
    std::string block(64u << 10, '\0');
    while (true) {
        const ssize_t count = ::read(STDIN_FILENO, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_errno("reading standard input", errno);
        if (count == 0) return bytes;
        bytes.append(block, 0, static_cast<std::size_t>(count));
        if (bytes.size() > bytes_max)
            return fail(Error::Kind::invalid, "standard input is larger than " +
                                                  std::to_string(bytes_max >> 20) + " MiB");
    }
}

Result<void> replace_file(const std::string& path, std::string_view bytes) {
    std::string name = path + ".XXXXXX";
    const mode_t permissions = permissions_at(path);
    const Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file) return fail_errno("writing beside " + in_backticks(path), errno);
    TemporaryFile temporary(name);
    TRY(write_all(file.number(), bytes), in_backticks(path));
    if (::fchmod(file.number(), permissions) != 0 || ::fsync(file.number()) != 0)
        return fail_errno("writing " + in_backticks(path), errno);
    TRY(temporary.rename_to(path));
    return sync_directory(folder_of(path));
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file) return fail_errno("writing " + in_backticks(path), errno);
    return write_all(file.number(), bytes);
}

Result<void> make_directories(const std::string& path) {
    for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
        const std::string part = path.substr(0, slash);
        if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST)
            return fail_errno("making the folder " + in_backticks(part), errno);
        if (slash == std::string::npos) break;
    }
    if (!is_directory(path))
        return fail(Error::Kind::conflict, in_backticks(path) + " is a file, not a folder");
    return {};
}

Result<std::string> make_temporary_directory(const std::string& parent, std::string_view prefix) {
    std::string path = parent + '/' + std::string(prefix) + "XXXXXX";
    if (::mkdtemp(path.data()) == nullptr)
        return fail_errno("making a folder in " + in_backticks(parent), errno);
    return path;
}

Result<void> remove_tree(const std::string& path) {
    std::error_code error;
    std::filesystem::remove_all(path, error);
    if (error) return fail_errno("removing " + in_backticks(path), error.value());
    return {};
}

Result<void> rename_directory(const std::string& from, const std::string& to) {
    // rename() alone would replace an empty folder.
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    // File systems without the flag (NFS among them) say EINVAL.
    if (errno == EINVAL && !is_directory(to) && ::rename(from.c_str(), to.c_str()) == 0) return {};
    return fail_errno("renaming " + in_backticks(from) + " to " + in_backticks(to), errno);
}

bool is_directory(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<std::string> canonical_path(const std::string& path) {
    char* const found = ::realpath(path.c_str(), nullptr);
    if (found == nullptr) return fail_errno(in_backticks(path), errno);
    std::string result = found;
    ::free(found);
    return result;
}

Result<FileLock> FileLock::acquire(const std::string& path, std::chrono::milliseconds patience) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return fail_errno("locking " + in_backticks(path), errno);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail_errno("locking " + in_backticks(path), errno);
        if (std::chrono::steady_clock::now() >= deadline)
            return fail(Error::Kind::unavailable,
                        in_backticks(path) + " has been locked by another process for " +
                            std::to_string(patience.count()) + " ms",
                        "try again when it is done");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return FileLock(std::move(file));
}

}  // namespace lockstep::os
