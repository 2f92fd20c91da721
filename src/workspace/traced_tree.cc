#include "workspace/traced_tree.h"

#include <utility>

namespace lockstep::workspace {

bool Trace::holds_in(const FileTree& tree) const {
    for (const Question& question : questions_) {
        const Result<FileTree::Entry> entry = tree.stat(question.path);
        if (!entry || entry->kind != question.kind) return false;
        if (question.content && entry->id != question.id) return false;
    }
    return true;
}

Result<FileTree::Entry> TracedTree::ask(std::string_view path, bool content) const {
    if (const auto known = asked_.find(path); known != asked_.end()) {
        Trace::Question& question = trace_.questions_[known->second];
        question.content |= content;
        note(question);
        return Entry{std::string(file_name(path)), question.kind, question.id};
    }
    Result<Entry> entry = tree_.stat(path);
    if (!entry) {
        trace_.comparable_ = false;
        return entry;
    }
    asked_.emplace(path, trace_.questions_.size());
    trace_.questions_.push_back({std::string(path), entry->kind, content, entry->id});
    note(trace_.questions_.back());
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
