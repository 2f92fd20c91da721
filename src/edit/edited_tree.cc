#include "edit/edited_tree.h"

#include <utility>

namespace lockstep::edit {

EditedTree::EditedTree(std::shared_ptr<const FileTree> base, const std::vector<FileEdit>& files)
    : base_(std::move(base)) {
    for (const FileEdit& file : files) {
        files_[file.path] = file.after;
        for (std::string_view folder = parent_path(file.path);; folder = parent_path(folder)) {
            folders_.emplace(folder);
            if (folder.empty()) break;
        }
    }
}

bool EditedTree::is_touched(std::string_view path) const {
    return files_.contains(path) || folders_.contains(path);
}

Result<FileTree::Entry> EditedTree::stat(std::string_view path) const {
    Entry entry = TRY(base_->stat(path));
    if (is_touched(path)) entry.id.clear();
    return entry;
}

Result<Blob> EditedTree::read(std::string_view path) const {
    const auto edited = files_.find(path);
    return edited != files_.end() ? Result<Blob>(edited->second) : base_->read(path);
}

Result<std::vector<FileTree::Entry>> EditedTree::list(std::string_view path) const {
    std::vector<Entry> entries = TRY(base_->list(path));
    if (!folders_.contains(path)) return entries;
    const std::string below = path.empty() ? std::string() : std::string(path) + '/';
    for (Entry& entry : entries)
        if (is_touched(below + entry.name)) entry.id.clear();
    return entries;
}

}  // namespace lockstep::edit
