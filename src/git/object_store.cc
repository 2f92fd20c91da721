#include "git/object_store.h"

#include <algorithm>
#include <string_view>

#include "git/loose_object.h"
#include "os/directory.h"
#include "os/file.h"

namespace lockstep::git {

namespace {

constexpr int borrowing_depth_max = 5;  // as git has it
constexpr std::size_t folders_max = 64;
constexpr std::size_t packs_max = 4096;
constexpr std::size_t alternates_bytes_max = 64u << 10;

/// What stands in `objects/info/alternates`, as paths.
std::vector<std::string> borrowed_folders(const std::string& directory) {
    std::vector<std::string> folders;
    const auto text = os::read_file(directory + "/info/alternates", alternates_bytes_max);
    if (!text) return folders;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.empty() || line.starts_with('#') || line.starts_with('"')) continue;
        folders.push_back(line.starts_with('/') ? std::string(line)
                                                : directory + '/' + std::string(line));
    }
    return folders;
}

}  // namespace

bool is_named(const StoredObject& object, const ObjectId& id) {
    return name_of(object, id.bytes().size()) == id;
}

void ObjectStore::open_folder(const std::string& directory, int depth) {
    const auto canonical = os::canonical_path(directory);
    if (!canonical || folders_.size() == folders_max ||
        std::ranges::find(folders_, *canonical) != folders_.end())
        return;
    folders_.push_back(*canonical);
    if (const auto packs = os::Directory::open(*canonical + "/pack"))
        if (const auto entries = (*packs)->list(""))
            for (const FileTree::Entry& entry : *entries) {
                if (entry.kind != FileTree::Kind::file || !entry.name.ends_with(".idx") ||
                    packs_.size() == packs_max)
                    continue;
                if (auto pack = Pack::open(*canonical + "/pack/" + entry.name, id_bytes_))
                    packs_.push_back(std::move(*pack));
            }
    if (depth == borrowing_depth_max) return;
    for (const std::string& borrowed : borrowed_folders(*canonical))
        open_folder(borrowed, depth + 1);
}

void ObjectStore::open() {
    if (is_open_) return;
    is_open_ = true;
    open_folder(directory_, 0);
}

std::optional<ObjectStore::Place> ObjectStore::find_packed(const ObjectId& id) {
    for (std::size_t tried = 0; tried < packs_.size(); ++tried) {
        const std::size_t at = (last_pack_ + tried) % packs_.size();
        if (const auto offset = packs_[at].index().find(id)) {
            last_pack_ = at;
            return Place{.pack = &packs_[at], .offset = *offset};
        }
    }
    return std::nullopt;
}

std::optional<os::MappedFile> ObjectStore::find_loose(const ObjectId& id) const {
    const std::string hex = id.hex();
    const std::string path = '/' + hex.substr(0, 2) + '/' + hex.substr(2);
    for (const std::string& folder : folders_)
        if (auto file = os::MappedFile::open(folder + path)) return std::move(*file);
    return std::nullopt;
}

std::optional<ObjectHeader> ObjectStore::header(const ObjectId& id) {
    if (id.bytes().size() != id_bytes_) return std::nullopt;
    open();
    if (const auto place = find_packed(id)) return place->pack->header(place->offset, reading_);
    if (const auto file = find_loose(id))
        return read_loose_header(file->bytes(), reading_.inflater);
    return std::nullopt;
}

std::optional<StoredObject> ObjectStore::read(const ObjectId& id, std::size_t bytes_max) {
    if (id.bytes().size() != id_bytes_) return std::nullopt;
    open();
    std::optional<StoredObject> object;
    if (const auto place = find_packed(id))
        object = place->pack->read(place->offset, bytes_max, reading_);
    else if (const auto file = find_loose(id))
        object = read_loose_object(file->bytes(), bytes_max, reading_.inflater);
    if (!object || !is_named(*object, id)) return std::nullopt;
    return object;
}

}  // namespace lockstep::git
