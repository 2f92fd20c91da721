#include "os/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "os/errno.h"
#include "os/read.h"

namespace lockstep::os {

/// The open directory that holds the last part of a path, and that part ("." for the root itself).
struct Directory::Place {
    std::shared_ptr<const Descriptor> opened;  // null: the root
    int folder = -1;                           // -1: the path is absent
    std::string name;
};

namespace {

FileTree::Kind kind_of_mode(mode_t mode) {
    if (S_ISREG(mode)) return FileTree::Kind::file;
    if (S_ISDIR(mode)) return FileTree::Kind::directory;
    if (S_ISLNK(mode)) return FileTree::Kind::symlink;
    return FileTree::Kind::absent;
}

/// Names that a directory cannot hold: they would mean another directory, or end early.
bool is_name(std::string_view part) {
    return !part.empty() && part != "." && part != ".." &&
           part.find('\0') == std::string_view::npos;
}

bool is_absence(int error) {
    return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

std::string shown(std::string_view path) {
    return path.empty() ? "the folder" : '`' + std::string(path) + '`';
}

std::unexpected<Error> no_such_file(std::string_view path) {
    return fail(Error::Kind::not_found, shown(path) + " does not exist");
}

/// The kind of `name`; `absent` also where it went away meanwhile.
Result<FileTree::Kind> kind_at(int folder, const std::string& name) {
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        return kind_of_mode(status.st_mode);
    if (is_absence(errno)) return FileTree::Kind::absent;
    return fail_errno(shown(name), errno);
}

Result<FileTree::Kind> kind_of(const dirent& entry, int folder) {
    switch (entry.d_type) {
        case DT_REG:
            return FileTree::Kind::file;
        case DT_DIR:
            return FileTree::Kind::directory;
        case DT_LNK:
            return FileTree::Kind::symlink;
        case DT_UNKNOWN:  // this file system does not say
            return kind_at(folder, static_cast<const char*>(entry.d_name));
        default:
            return FileTree::Kind::absent;
    }
}

Result<Blob> read_link(int folder, const std::string& name, std::string_view path) {
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlinkat(folder, name.c_str(), target.data(), target.size());
    if (size < 0) return fail_errno("reading the link " + shown(path), errno);
    return std::make_shared<const std::string>(target.data(), static_cast<std::size_t>(size));
}

constexpr int folder_flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// The folder `path` below `root`, part by part; empty with errno where one is missing or a link.
Descriptor open_step_by_step(int root, std::string_view path) {
    Descriptor folder;
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string part(path.substr(0, slash));
        folder = Descriptor(::openat(folder ? folder.number() : root, part.c_str(), folder_flags));
        if (!folder || slash == std::string_view::npos) return folder;
        path.remove_prefix(slash + 1);
    }
}

/// The same in one call where the kernel (5.6 and later) can refuse links by itself.
Descriptor open_below(int root, const std::string& path) {
    open_how how{};
    how.flags = folder_flags;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    const long opened = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
    if (opened >= 0) return Descriptor(static_cast<int>(opened));
    // An old kernel, or a sandbox that does not know the call.
    if (errno == ENOSYS || errno == EPERM) return open_step_by_step(root, path);
    return {};
}

/// Opened without a look before: nearly all are files, and there are many. A link is not followed,
/// a pipe not waited for.
Descriptor open_file(int folder, const std::string& name) {
    return Descriptor(
        ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

struct CloseDirectory {
    void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

Directory::Directory(std::string path, Descriptor root, Options options)
    : path_(std::move(path)), root_(std::move(root)), options_(std::move(options)) {}

Result<std::shared_ptr<const Directory>> Directory::open(const std::string& path, Options options) {
    Descriptor root(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root) return fail_errno('`' + path + '`', errno);
    return std::shared_ptr<const Directory>(
        new Directory(path, std::move(root), std::move(options)));
}

bool Directory::is_hidden(std::string_view name) const {
    return std::ranges::find(options_.hidden, name) != options_.hidden.end();
}

bool Directory::may_hold(std::string_view path) const {
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!is_name(part) || is_hidden(part)) return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

std::shared_ptr<const Descriptor> Directory::opened_before(std::string_view folder) const {
    const std::lock_guard lock(mutex_);
    return folder == last_path_ ? last_ : nullptr;
}

Result<Directory::Place> Directory::find(std::string_view path) const {
    if (path.empty()) return Place{.opened = {}, .folder = root_.number(), .name = "."};
    if (!may_hold(path)) return Place{};
    const std::string_view above = parent_path(path);
    Place place{.opened = {}, .folder = root_.number(), .name = std::string(file_name(path))};
    if (above.empty()) return place;
    place.opened = opened_before(above);
    if (place.opened == nullptr) {
        Descriptor folder = open_below(root_.number(), std::string(above));
        if (!folder && is_absence(errno)) return Place{};
        if (!folder) return fail_errno("opening " + shown(above), errno);
        place.opened = std::make_shared<const Descriptor>(std::move(folder));
        const std::lock_guard lock(mutex_);
        last_path_ = above;
        last_ = place.opened;
    }
    place.folder = place.opened->number();
    return place;
}

Result<FileTree::Entry> Directory::stat(std::string_view path) const {
    const Place place = TRY(find(path));
    Entry entry{.name = std::string(file_name(path)), .kind = Kind::absent, .id = {}};
    if (place.folder >= 0) entry.kind = TRY(kind_at(place.folder, place.name));
    return entry;
}

Result<FileTree::Found> Directory::look(std::string_view path) const {
    const Place place = TRY(find(path));
    const Descriptor file = place.folder < 0 ? Descriptor() : open_file(place.folder, place.name);
    if (file) {
        Result<std::string> bytes = read_regular(file, std::string(path), options_.file_bytes_max);
        if (bytes)
            return Found{{.name = place.name, .kind = Kind::file, .id = {}},
                         std::make_shared<const std::string>(std::move(*bytes))};
    }
    return FileTree::look(path);  // which knows what it is, or what is wrong
}

Result<Blob> Directory::read(std::string_view path) const {
    const Place place = TRY(find(path));
    if (place.folder < 0) return no_such_file(path);
    const Descriptor file = open_file(place.folder, place.name);
    if (!file && !is_absence(errno)) return fail_errno("reading " + shown(path), errno);
    if (file) {
        Result<std::string> bytes = read_regular(file, std::string(path), options_.file_bytes_max);
        if (bytes) return std::make_shared<const std::string>(std::move(*bytes));
        if (TRY(kind_at(place.folder, place.name)) == Kind::file)
            return std::unexpected<Error>(std::move(bytes.error()));
    }
    switch (TRY(kind_at(place.folder, place.name))) {
        case Kind::symlink:
            return read_link(place.folder, place.name, path);
        case Kind::directory:
            return fail(Error::Kind::not_found, shown(path) + " is a folder, not a file");
        default:
            return no_such_file(path);
    }
}

Result<std::vector<FileTree::Entry>> Directory::list(std::string_view path) const {
    const Place place = TRY(find(path));
    const auto no_folder = [&] {
        return fail(Error::Kind::not_found, shown(path) + " is no folder");
    };
    if (place.folder < 0) return no_folder();
    const int folder =
        ::openat(place.folder, place.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 && is_absence(errno)) return no_folder();
    if (folder < 0) return fail_errno("listing " + shown(path), errno);
    const std::unique_ptr<DIR, CloseDirectory> stream(::fdopendir(folder));
    std::vector<Entry> entries;
    while (true) {
        errno = 0;
        const dirent* const found = ::readdir(stream.get());
        if (found == nullptr && errno != 0) return fail_errno("listing " + shown(path), errno);
        if (found == nullptr) break;
        const std::string_view name = static_cast<const char*>(found->d_name);
        if (!is_name(name) || is_hidden(name)) continue;
        const Kind kind = TRY(kind_of(*found, folder));
        if (kind != Kind::absent)
            entries.push_back({.name = std::string(name), .kind = kind, .id = {}});
    }
    std::ranges::sort(entries, {}, &Entry::name);
    return entries;
}

}  // namespace lockstep::os
