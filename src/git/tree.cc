#include "git/tree.h"

#include <utility>

#include "base/check.h"

namespace lockstep::git {

namespace {

std::string quoted(std::string_view path) {
    return path.empty() ? "the root folder" : '`' + std::string(path) + '`';
}

ObjectId id_of(const FileTree::Entry& entry) {
    const auto id = ObjectId::from_bytes(entry.id);
    CHECK(id.has_value());
    return *id;
}

}  // namespace

Result<FileTree::Entry> Tree::stat(std::string_view path) const {
    Entry entry{.name = {}, .kind = Kind::directory, .id = std::string(root_.bytes())};
    std::string_view rest = path;
    while (!rest.empty() && entry.kind == Kind::directory) {
        const std::size_t slash = rest.find('/');
        const auto folder = TRY(reader_->tree(id_of(entry)), quoted(path));
        const auto found = folder->find(rest.substr(0, slash));
        if (!found) break;
        entry.kind = found->kind;
        entry.id = found->id;
        if (slash == std::string_view::npos) {
            entry.name = found->name;
            return entry;
        }
        rest.remove_prefix(slash + 1);
    }
    if (path.empty()) return entry;
    return Entry{.name = std::string(file_name(path)), .kind = Kind::absent, .id = {}};
}

Result<Blob> Tree::read(std::string_view path) const {
    const Entry entry = TRY(stat(path));
    switch (entry.kind) {
        case Kind::file:
        case Kind::symlink:
            return TRY(reader_->blob(id_of(entry)), quoted(path));
        case Kind::directory:
            return fail(Error::Kind::not_found, quoted(path) + " is a folder, not a file");
        case Kind::submodule:
            return fail(Error::Kind::not_found, quoted(path) + " is a submodule, not a file");
        case Kind::absent:
            break;
    }
    return fail(Error::Kind::not_found, quoted(path) + " does not exist");
}

Result<std::vector<FileTree::Entry>> Tree::list(std::string_view path) const {
    const Entry entry = TRY(stat(path));
    if (entry.kind != Kind::directory)
        return fail(Error::Kind::not_found, quoted(path) + " is no folder");
    const auto folder = TRY(reader_->tree(id_of(entry)), quoted(path));
    std::vector<Entry> entries;
    entries.reserve(folder->size());
    for (std::size_t at = 0; at < folder->size(); ++at) {
        const TreeObject::Entry found = folder->at(at);
        entries.push_back(
            {.name = std::string(found.name), .kind = found.kind, .id = std::string(found.id)});
    }
    return entries;
}

}  // namespace lockstep::git
