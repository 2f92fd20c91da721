#include "git/cache_folder.h"

#include <vector>

#include "git/remote.h"
#include "os/directory.h"
#include "os/environment.h"

namespace lockstep::git {

namespace {

constexpr std::size_t folder_name_max = 240;  // file systems end at 255 bytes; ".lock" comes behind

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
}

/// One folder name for each URL: what is not plain is written as '%' and two digits.
std::string folder_name(std::string_view url) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string name;
    for (const char c : url) {
        if (is_plain(c)) {
            name += c;
            continue;
        }
        name += '%';
        name += digits[static_cast<unsigned char>(c) / 16u];
        name += digits[static_cast<unsigned char>(c) % 16u];
    }
    return name;
}

}  // namespace

CacheFolder::CacheFolder(const std::string& cache_directory, const std::string& url)
    : title_(without_credentials(url)),
      parent_(cache_directory + "/git"),
      path_(parent_ + '/' + folder_name(title_)) {}

Result<void> CacheFolder::check() const {
    if (path_.size() - parent_.size() > folder_name_max)
        return fail(Error::Kind::unsupported, '`' + title_ + "` is too long for the cache");
    return {};
}

bool CacheFolder::is_there() const {
    return os::is_directory(path_);
}

Result<os::FileLock> CacheFolder::lock(std::chrono::milliseconds timeout) const {
    TRY(os::make_directories(parent_));
    return os::FileLock::acquire(path_ + ".lock", timeout);
}

Result<Fetch> CacheFolder::fetch(const FetchRequest& request) const {
    if (!is_there()) TRY(make_repository("sha1"));
    Result<Fetch> fetched = fetch_once(request);
    if (!fetched && fetched.error().message.contains("mismatched algorithms")) {
        TRY(os::remove_tree(path_));
        TRY(make_repository("sha256"));
        fetched = fetch_once(request);
    }
    return fetched;
}

Result<Fetch> CacheFolder::fetch_once(const FetchRequest& request) const {
    Result<Fetch> fetched = run_fetch(request);
    if (!fetched) TRY(remove_half_written());
    return fetched;
}

/// A git that was stopped leaves what it was writing; nobody else writes while the lock is held.
Result<void> CacheFolder::remove_half_written() const {
    const auto objects = TRY(os::Directory::open(path_ + "/objects"));
    for (const FileTree::Entry& folder : TRY(objects->list(""))) {
        if (folder.kind != FileTree::Kind::directory) continue;
        const std::vector<FileTree::Entry> files = TRY(objects->list(folder.name));
        for (const FileTree::Entry& file : files)
            if (file.name.starts_with("tmp_"))
                TRY(os::remove_tree(path_ + "/objects/" + folder.name + '/' + file.name));
    }
    return {};
}

/// Made beside its place and renamed, so that nobody sees half of it.
Result<void> CacheFolder::make_repository(const std::string& object_format) const {
    const std::string made = TRY(os::make_temporary_directory(parent_, ".new-"));
    Result<void> placed = init_bare(made, object_format);
    if (placed) placed = os::rename_directory(made, path_);
    if (!placed) TRY(os::remove_tree(made));
    return placed;
}

}  // namespace lockstep::git
