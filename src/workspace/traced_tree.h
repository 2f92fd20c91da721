#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_tree.h"

namespace lockstep::workspace {

/// What a reading asked of a tree. A tree that answers the same gives the same reading: so work is
/// done once for each distinct input, not once for each tag.
class Trace {
  public:
    /// Whether `tree` answers every question as the traced tree did.
    bool holds_in(const FileTree& tree) const;
    /// False where some content had no id to compare (a disk): such a reading is not reused.
    bool is_comparable() const { return comparable_; }

  private:
    friend class TracedTree;
    struct Question {
        std::string path;
        FileTree::Kind kind;
        bool content;  // the bytes or the list were read: the id counts too
        std::string id;
    };
    /// Questions about entries of one folder: where the folder is the same, all of them hold.
    struct Folder {
        std::string id;  // empty where it is missing or has none
        std::vector<Question> questions;
    };
    std::map<std::string, Folder, std::less<>> folders_;  // by path
    bool comparable_ = true;
};

/// A tree that remembers what it was asked. Borrows the tree below. Not thread-safe.
class TracedTree : public FileTree {
  public:
    explicit TracedTree(const FileTree& tree) : tree_(tree) {}

    Result<Entry> stat(std::string_view path) const override;
    Result<Blob> read(std::string_view path) const override;
    Result<std::vector<Entry>> list(std::string_view path) const override;

    /// What was asked. Once only, when all has been asked.
    Trace take_trace() { return std::move(trace_); }

  private:
    Result<Entry> ask(std::string_view path, bool content) const;
    void note(const Trace::Question& question) const;
    Trace::Folder& folder_of(std::string_view path) const;

    const FileTree& tree_;
    struct HashText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    struct Place {
        Trace::Folder* folder;
        std::size_t question;
    };
    mutable Trace trace_;
    /// By path: what was answered once is not asked again.
    mutable std::unordered_map<std::string, Place, HashText, std::equal_to<>> asked_;
};

}  // namespace lockstep::workspace
