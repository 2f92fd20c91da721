#include "workspace/traced_tree.h"

#include <utility>

namespace lockstep::workspace {

bool Trace::holds_in(const FileTree& tree) const {
    for (const auto& [path, folder] : folders_) {
        if (!folder.id.empty()) {
            const Result<FileTree::Entry> now = tree.stat(path);
            if (now && now->kind == FileTree::Kind::directory && now->id == folder.id) continue;
        }
        for (const Question& question : folder.questions) {
            const Result<FileTree::Entry> entry = tree.stat(question.path);
            if (!entry || entry->kind != question.kind) return false;
            if (question.content && entry->id != question.id) return false;
        }
    }
    return true;
}

Trace::Folder& TracedTree::folder_of(std::string_view path) const {
    const std::string_view above = parent_path(path);
    if (const auto known = trace_.folders_.find(above); known != trace_.folders_.end())
        return known->second;
    Trace::Folder folder;
    if (const Result<Entry> entry = tree_.stat(above); entry && entry->kind == Kind::directory)
        folder.id = entry->id;
    return trace_.folders_.emplace(above, std::move(folder)).first->second;
}

Result<FileTree::Entry> TracedTree::ask(std::string_view path, bool content) const {
    if (const auto known = asked_.find(path); known != asked_.end()) {
        Trace::Question& question = known->second.folder->questions[known->second.question];
        question.content |= content;
        note(question);
        return Entry{std::string(file_name(path)), question.kind, question.id};
    }
    Result<Entry> entry = tree_.stat(path);
    if (!entry) {
        trace_.comparable_ = false;
        return entry;
    }
    Trace::Folder& folder = folder_of(path);
    asked_.emplace(path, Place{&folder, folder.questions.size()});
    folder.questions.push_back({std::string(path), entry->kind, content, entry->id});
    note(folder.questions.back());
    return entry;
}

void TracedTree::note(const Trace::Question& question) const {
    if (question.content && question.kind != Kind::absent && question.id.empty())
        trace_.comparable_ = false;
}

Result<FileTree::Entry> TracedTree::stat(std::string_view path) const {
    return ask(path, false);
}

Result<Blob> TracedTree::read(std::string_view path) const {
    TRY(ask(path, true));
    return tree_.read(path);
}

Result<std::vector<FileTree::Entry>> TracedTree::list(std::string_view path) const {
    TRY(ask(path, true));
    return tree_.list(path);
}

}  // namespace lockstep::workspace
