#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_tree.h"
#include "edit/edit.h"
#include "edit/file_draft.h"
#include "edit/kustomize_entry.h"
#include "edit/wish.h"

namespace lockstep::edit {

/// Gathers wishes and turns them into changes of files. Borrows the tree and the options.
class Planner {
  public:
    Planner(const FileTree& tree, const Options& options) : tree_(tree), options_(options) {}

    Result<void> add(const Wish& wish);
    /// An entry of the `images` of a kustomization that others build on, and that they overrule: no
    /// declaration comes from it, but who applies the base itself gets it. `texts`: how each own
    /// image's tag is written, by name.
    using Texts = std::map<std::string, std::string, std::less<>>;
    Result<void> add_overruled(const std::string& directory, const Texts& texts);
    Result<void> add_changelog(const std::string& path);
    void add_notice(std::string notice) { notices_.insert(std::move(notice)); }

    Result<Edits> finish();

  private:
    Result<FileDraft*> draft(const std::string& path);
    Result<void> add_to_scalar(const Wish& wish, FileDraft& draft, const Scalar& scalar);
    Result<void> set_part(const Wish& wish, FileDraft& draft, const Scalar& scalar,
                          std::size_t offset, std::size_t length, const std::string& after);
    Result<void> set_pin_field(const Wish& wish, FileDraft& draft, const Scalar& scalar);
    Result<bool> add_to_entry(const Wish& wish, FileDraft& draft, const Scalar& scalar);
    Result<bool> add_new_entry(const Wish& wish);
    Result<void> merge(const std::string& path, std::size_t index, const Wish& wish);
    Result<void> finish_entries();
    Result<void> finish_new_entries();

    struct EntryDraft {
        EntryWish wish;
        const manifest::Declaration* declaration;
    };

    const FileTree& tree_;
    const Options& options_;
    std::map<std::string, FileDraft, std::less<>> drafts_;  // by the path that declarations name
    std::map<std::pair<std::string, std::size_t>, EntryDraft> entries_;      // by file and index
    std::map<std::pair<std::string, std::string>, EntryDraft> new_entries_;  // by file and name
    std::deque<manifest::Declaration> overruled_;  // what entries_ points at, of those
    std::set<std::string> said_;                   // places that say it already
    std::set<std::string> notices_;
};

}  // namespace lockstep::edit
