#include "git/tree.h"

#include <utility>

#include "base/check.h"

namespace lockstep::git {

namespace {

constexpr std::size_t path_bytes_max = 4096;

std::string shown(std::string_view path) {
    return path.empty() ? "the root folder" : '`' + std::string(path) + '`';
}

ObjectId id_of(const FileTree::Entry& entry) {
    const auto id = ObjectId::from_bytes(entry.id);
    CHECK(id.has_value());
    return *id;
}

}  // namespace

Result<Tree::Folder> Tree::find_folder(std::string_view path) const {
    if (path.empty()) return TRY(reader_->tree(root_), shown(path));
    const Folder above = TRY(folder(parent_path(path)));
    if (above == nullptr) return Folder();
    const auto found = above->find(file_name(path));
    if (!found || found->kind != Kind::directory) return Folder();
    const auto id = ObjectId::from_bytes(found->id);
    CHECK(id.has_value());
    return TRY(reader_->tree(*id), shown(path));
}

Result<Tree::Folder> Tree::folder(std::string_view path) const {
    // No file system takes a longer one; without a bound, a hostile tree could nest for ever.
    if (path.size() > path_bytes_max)
        return fail(Error::Kind::invalid,
                    "a path is longer than 4,096 bytes: " + shown(path.substr(0, 100)));
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = folders_.find(path); known != folders_.end()) return known->second;
    }
    Folder found = TRY(find_folder(path));
    const std::lock_guard lock(mutex_);
    return folders_.emplace(path, std::move(found)).first->second;
}

Result<FileTree::Entry> Tree::stat(std::string_view path) const {
    if (path.empty())
        return Entry{.name = {}, .kind = Kind::directory, .id = std::string(root_.bytes())};
    const Folder above = TRY(folder(parent_path(path)));
    // A path that begins with a slash is not normalised, and names nothing.
    const bool known = above != nullptr && !path.starts_with('/');
    const auto found = known ? above->find(file_name(path)) : std::nullopt;
    if (!found) return Entry{.name = std::string(file_name(path)), .kind = Kind::absent, .id = {}};
    return Entry{
        .name = std::string(found->name), .kind = found->kind, .id = std::string(found->id)};
}

Result<Blob> Tree::read(std::string_view path) const {
    const Entry entry = TRY(stat(path));
    switch (entry.kind) {
        case Kind::file:
        case Kind::symlink:
            return TRY(reader_->blob(id_of(entry)), shown(path));
        case Kind::directory:
            return fail(Error::Kind::not_found, shown(path) + " is a folder, not a file");
        case Kind::submodule:
            return fail(Error::Kind::not_found, shown(path) + " is a submodule, not a file");
        case Kind::absent:
            break;
    }
    return fail(Error::Kind::not_found, shown(path) + " does not exist");
}

Result<std::vector<FileTree::Entry>> Tree::list(std::string_view path) const {
    const Folder listed = TRY(folder(path));
    if (listed == nullptr) return fail(Error::Kind::not_found, shown(path) + " is no folder");
    std::vector<Entry> entries;
    entries.reserve(listed->size());
    for (std::size_t at = 0; at < listed->size(); ++at) {
        const TreeObject::Entry found = listed->at(at);
        entries.push_back(
            {.name = std::string(found.name), .kind = found.kind, .id = std::string(found.id)});
    }
    return entries;
}

}  // namespace lockstep::git
