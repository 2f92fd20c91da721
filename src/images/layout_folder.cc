#include "images/layout_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "crypto/hexadecimal.h"
#include "os/errno.h"
#include "os/read.h"

namespace lockstep::images {

namespace {

constexpr std::string_view new_prefix = ".lockstep-";
constexpr time_t abandoned_after_s = 3600;
constexpr std::string_view empty_index =
    R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";
constexpr std::string_view layout_version = R"({"imageLayoutVersion":"1.0.0"})";

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
// A pipe is not waited for, a link not followed.
constexpr int file_flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

std::string quoted(const std::string& directory, std::string_view name) {
    return '`' + directory + '/' + std::string(name) + '`';
}

std::unexpected<Error> fail_open(const std::string& what, int number) {
    if (number == ELOOP)
        return fail(Error::Kind::denied, what + " is a link, and none is followed in a layout");
    return os::fail_errno("opening " + what, number);
}

struct CloseDirectory {
    void operator()(DIR* directory) const { ::closedir(directory); }
};

/// The names in an open folder, without "." and "..".
Result<std::vector<std::string>> names_in(int folder) {
    const int again = ::openat(folder, ".", folder_flags);
    if (again < 0) return os::fail_errno("listing a folder", errno);
    const std::unique_ptr<DIR, CloseDirectory> stream(::fdopendir(again));
    std::vector<std::string> names;
    while (true) {
        errno = 0;
        const dirent* const found = ::readdir(stream.get());
        if (found == nullptr && errno != 0) return os::fail_errno("listing a folder", errno);
        if (found == nullptr) return names;
        const std::string_view name = static_cast<const char*>(found->d_name);
        if (name != "." && name != "..") names.emplace_back(name);
    }
}

/// A folder below another one. Where it is a link, the error of open() is ELOOP or ENOTDIR by the
/// system's choice, so it is looked at.
Result<os::Descriptor> open_folder(int parent, const std::string& name, const std::string& shown) {
    os::Descriptor folder(::openat(parent, name.c_str(), folder_flags));
    if (folder) return folder;
    int error = errno;
    struct stat status {};
    if (error == ENOTDIR && ::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(status.st_mode))
        error = ELOOP;
    if (error == ENOTDIR) return fail(Error::Kind::invalid, shown + " is no folder");
    return fail_open(shown, error);
}

Result<os::Descriptor> make_folder(int parent, const std::string& name, const std::string& shown) {
    if (::mkdirat(parent, name.c_str(), 0777) != 0 && errno != EEXIST)
        return os::fail_errno("making " + shown, errno);
    return open_folder(parent, name, shown);
}

Result<os::Descriptor> duplicate(const os::Descriptor& folder) {
    os::Descriptor copy(::openat(folder.number(), ".", folder_flags));
    if (!copy) return os::fail_errno("opening the folder of a layout", errno);
    return copy;
}

void sweep_folder(int folder) {
    const Result<std::vector<std::string>> names = names_in(folder);
    if (!names.has_value()) return;
    for (const std::string& name : *names) {
        struct stat status {};
        if (!name.starts_with(new_prefix)) continue;
        if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && status.st_mtime < ::time(nullptr) - abandoned_after_s)
            ::unlinkat(folder, name.c_str(), 0);
    }
}

/// Whether nothing is in a folder but what an interrupted `make` leaves.
bool is_as_good_as_empty(const std::vector<std::string>& names) {
    for (const std::string& name : names)
        if (name != "index.json" && name != "blobs" && !name.starts_with(new_prefix)) return false;
    return true;
}

}  // namespace

Result<NewFile> NewFile::make(os::Descriptor folder) {
    std::array<unsigned char, 8> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        return os::fail_errno("naming a new file", errno);
    std::string name = std::string(new_prefix) + crypto::hexadecimal(random);
    os::Descriptor file(::openat(folder.number(), name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) return os::fail_errno("making a new file in the layout", errno);
    return NewFile(std::move(folder), std::move(file), std::move(name));
}

NewFile::~NewFile() {
    if (file_ && !name_.empty()) ::unlinkat(folder_.number(), name_.c_str(), 0);
}

Result<void> NewFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return os::fail_errno("writing into the layout", errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> NewFile::sync() const {
    if (::fdatasync(file_.number()) != 0) return os::fail_errno("writing into the layout", errno);
    return {};
}

Result<void> NewFile::replace(const std::string& name) {
    TRY(sync());
    if (::renameat(folder_.number(), name_.c_str(), folder_.number(), name.c_str()) != 0)
        return os::fail_errno("writing `" + name + "` into the layout", errno);
    name_.clear();
    // Some file systems cannot sync a folder (EINVAL); there is nothing more to be done on those.
    if (::fsync(folder_.number()) != 0 && errno != EINVAL)
        return os::fail_errno("writing `" + name + "` into the layout", errno);
    return {};
}

Result<void> NewFile::add(const std::string& name) {
    TRY(sync());
    if (::linkat(folder_.number(), name_.c_str(), folder_.number(), name.c_str(), 0) != 0 &&
        errno != EEXIST)
        return os::fail_errno("writing `" + name + "` into the layout", errno);
    return {};
}

Result<LayoutFolder> LayoutFolder::open(const std::string& directory) {
    // The folder itself may be named through links: the user says where it is.
    os::Descriptor root(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root && errno == ENOENT)
        return fail(Error::Kind::not_found, "there is no image layout `" + directory + '`',
                    "an image in a layout is named as oci:DIR:TAG, DIR from where you are");
    if (!root) return os::fail_errno("opening the image layout `" + directory + '`', errno);
    return LayoutFolder(directory, std::move(root));
}

Result<void> LayoutFolder::make(const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return os::fail_errno("making the folder `" + directory + '`', error.value());
    const LayoutFolder folder = TRY(open(directory));
    struct stat status {};
    if (::fstatat(folder.root_.number(), "oci-layout", &status, AT_SYMLINK_NOFOLLOW) == 0)
        return {};
    if (!is_as_good_as_empty(TRY(names_in(folder.root_.number()))))
        return fail(Error::Kind::conflict,
                    '`' + directory + "` holds something that is no image layout",
                    "name an empty folder, or one that does not exist");
    TRY(make_folder(folder.root_.number(), "blobs", quoted(directory, "blobs")));
    // The version last: it is what makes the folder a layout.
    for (const auto& [name, text] :
         {std::pair{"index.json", empty_index}, std::pair{"oci-layout", layout_version}}) {
        NewFile file = TRY(NewFile::make(TRY(duplicate(folder.root_))));
        TRY(file.write(text));
        TRY(file.add(name));
    }
    return {};
}

Result<std::string> LayoutFolder::read(const std::string& name, std::size_t bytes_max) const {
    const os::Descriptor file(::openat(root_.number(), name.c_str(), file_flags));
    if (!file) return fail_open(quoted(directory_, name), errno);
    return os::read_regular(file, directory_ + '/' + name, bytes_max);
}

Result<void> LayoutFolder::replace(const std::string& name, std::string_view bytes) const {
    NewFile file = TRY(NewFile::make(TRY(duplicate(root_))));
    TRY(file.write(bytes));
    return file.replace(name);
}

Result<std::optional<LayoutFolder::Blob>> LayoutFolder::open_blob(const oci::Digest& digest) const {
    const std::string algorithm(digest.algorithm_name());
    const std::string hex(digest.hex());
    const auto absent_or = [](Error error) -> Result<std::optional<Blob>> {
        if (error.kind == Error::Kind::not_found) return std::nullopt;
        return std::unexpected<Error>(std::move(error));
    };
    Result<os::Descriptor> blobs =
        open_folder(root_.number(), "blobs", quoted(directory_, "blobs"));
    if (!blobs.has_value()) return absent_or(std::move(blobs.error()));
    Result<os::Descriptor> folder =
        open_folder(blobs->number(), algorithm, quoted(directory_, "blobs/" + algorithm));
    if (!folder.has_value()) return absent_or(std::move(folder.error()));
    Blob blob{.file = os::Descriptor(::openat(folder->number(), hex.c_str(), file_flags))};
    const std::string shown = "blob `" + digest.str() + "` of `" + directory_ + '`';
    if (!blob.file && errno == ENOENT) return std::nullopt;
    if (!blob.file) return fail_open(shown, errno);
    struct stat status {};
    if (::fstat(blob.file.number(), &status) != 0) return os::fail_errno("reading " + shown, errno);
    if (!S_ISREG(status.st_mode)) return fail(Error::Kind::invalid, shown + " is no file");
    blob.size = static_cast<std::uint64_t>(status.st_size);
    return std::optional(std::move(blob));
}

Result<NewFile> LayoutFolder::new_blob(const oci::Digest& digest) const {
    const std::string algorithm(digest.algorithm_name());
    const os::Descriptor blobs =
        TRY(make_folder(root_.number(), "blobs", quoted(directory_, "blobs")));
    return NewFile::make(
        TRY(make_folder(blobs.number(), algorithm, quoted(directory_, "blobs/" + algorithm))));
}

Result<os::FileLock> LayoutFolder::lock() const {
    return os::FileLock::acquire(directory_ + "/oci-layout", std::chrono::seconds(30));
}

void LayoutFolder::sweep() const {
    sweep_folder(root_.number());
    const os::Descriptor blobs(::openat(root_.number(), "blobs", folder_flags));
    if (!blobs) return;
    for (const char* const algorithm : {"sha256", "sha384", "sha512"}) {
        const os::Descriptor folder(::openat(blobs.number(), algorithm, folder_flags));
        if (folder) sweep_folder(folder.number());
    }
}

}  // namespace lockstep::images
