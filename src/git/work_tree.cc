#include "git/work_tree.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "git/command.h"
#include "os/subprocess.h"

namespace lockstep::git {

namespace {

/// Ignore rules are files of the tree: one that is a pipe makes git wait for ever.
constexpr std::chrono::minutes patience{1};

Result<std::string> list_files(const Repository& repository, const std::string& root) {
    os::Command command =
        git_command({"ls-files", "--cached", "--others", "--exclude-standard", "-z"}, root);
    // The configuration may have put the work tree elsewhere: from there, git does not find back.
    command.set.emplace_back("GIT_DIR", repository.git_directory());
    command.set.emplace_back("GIT_WORK_TREE", root);
    os::Captured captured =
        TRY(os::run(command, {.timeout = patience}), "listing the files of `" + root + '`');
    if (!captured.exit.ok())
        return std::unexpected<Error>(explain(captured, root, Error::Kind::unavailable));
    return std::move(captured.out);
}

std::string quoted(std::string_view path) {
    return path.empty() ? "the folder" : '`' + std::string(path) + '`';
}

/// Everything below the folder `path` begins with this.
std::string inside(std::string_view path) {
    return path.empty() ? std::string() : std::string(path) + '/';
}

}  // namespace

WorkTree::WorkTree(std::shared_ptr<const os::Directory> disk, std::string listing)
    : disk_(std::move(disk)), listing_(std::move(listing)) {
    for (std::string_view rest = listing_; !rest.empty();) {
        std::string_view path = rest.substr(0, rest.find('\0'));
        rest.remove_prefix(std::min(path.size() + 1, rest.size()));
        // How git writes a repository within the tree.
        if (path.ends_with('/')) path.remove_suffix(1);
        paths_.push_back(path);
    }
    std::ranges::sort(paths_);
}

Result<std::shared_ptr<const WorkTree>> WorkTree::open(const Repository& repository) {
    const auto& root = repository.work_tree();
    if (!root)
        return fail(Error::Kind::not_found,
                    '`' + repository.git_directory() + "` is bare: it has no work tree");
    auto disk = TRY(os::Directory::open(*root));
    auto files = TRY(list_files(repository, *root));
    return std::shared_ptr<const WorkTree>(new WorkTree(std::move(disk), std::move(files)));
}

bool WorkTree::is_listed(std::string_view path) const {
    return std::ranges::binary_search(paths_, path);
}

bool WorkTree::has_files_below(std::string_view path) const {
    const std::string prefix = inside(path);
    const auto first = std::ranges::lower_bound(paths_, std::string_view(prefix));
    return first != paths_.end() && first->starts_with(prefix);
}

/// What `path` is in the work tree, which the disk says is `on_disk`.
FileTree::Kind WorkTree::kind_of(std::string_view path, Kind on_disk) const {
    if (on_disk != Kind::directory) return is_listed(path) ? on_disk : Kind::absent;
    if (path.empty() || has_files_below(path)) return Kind::directory;
    return is_listed(path) ? Kind::submodule : Kind::absent;
}

Result<FileTree::Entry> WorkTree::stat(std::string_view path) const {
    Entry entry = TRY(disk_->stat(path));
    entry.kind = kind_of(path, entry.kind);
    return entry;
}

Result<Blob> WorkTree::read(std::string_view path) const {
    if (!is_listed(path)) return fail(Error::Kind::not_found, quoted(path) + " does not exist");
    return disk_->read(path);
}

Result<std::vector<FileTree::Entry>> WorkTree::list(std::string_view path) const {
    if (kind_of(path, Kind::directory) != Kind::directory)
        return fail(Error::Kind::not_found, quoted(path) + " is no folder");
    std::vector<Entry> entries = TRY(disk_->list(path));
    const std::string prefix = inside(path);
    for (Entry& entry : entries) entry.kind = kind_of(prefix + entry.name, entry.kind);
    std::erase_if(entries, [](const Entry& entry) { return entry.kind == Kind::absent; });
    return entries;
}

}  // namespace lockstep::git
