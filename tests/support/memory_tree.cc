#include "support/memory_tree.h"

#include <functional>

namespace lockstep::testing {

MemoryTree::MemoryTree(std::initializer_list<std::pair<const std::string, std::string>> files) {
    for (const auto& [path, text] : files) write(path, text);
}

void MemoryTree::write(std::string path, std::string text) {
    files_[std::move(path)] = {std::make_shared<const std::string>(std::move(text)), false};
}

void MemoryTree::link(std::string path, std::string target) {
    files_[std::move(path)] = {std::make_shared<const std::string>(std::move(target)), true};
}

Result<FileTree::Entry> MemoryTree::stat(std::string_view path) const {
    const std::string name(file_name(path));
    if (const auto file = files_.find(path); file != files_.end()) {
        if (file->second.is_link) return Entry{name, Kind::symlink, {}};
        // The text itself names the content; a prefix keeps ids short in failure messages.
        return Entry{name, Kind::file, "text:" + *file->second.text};
    }
    const std::string below = path.empty() ? "" : std::string(path) + "/";
    const auto first = files_.lower_bound(below);
    const bool found = first != files_.end() && first->first.starts_with(below);
    return Entry{name, found || path.empty() ? Kind::directory : Kind::absent, {}};
}

Result<Blob> MemoryTree::read(std::string_view path) const {
    const auto file = files_.find(path);
    if (file == files_.end())
        return fail(Error::Kind::not_found, "`" + std::string(path) + "` does not exist");
    return file->second.text;
}

Result<std::vector<FileTree::Entry>> MemoryTree::list(std::string_view path) const {
    const std::string below = path.empty() ? "" : std::string(path) + "/";
    std::map<std::string, Entry> entries;
    for (auto file = files_.lower_bound(below);
         file != files_.end() && file->first.starts_with(below); ++file) {
        const std::string rest = file->first.substr(below.size());
        const std::string name = rest.substr(0, rest.find('/'));
        entries[name] = TRY(stat(below + name));
    }
    if (entries.empty() && !path.empty())
        return fail(Error::Kind::not_found, "`" + std::string(path) + "` is no directory");
    std::vector<Entry> list;
    for (auto& [name, entry] : entries) list.push_back(std::move(entry));
    return list;
}

}  // namespace lockstep::testing
