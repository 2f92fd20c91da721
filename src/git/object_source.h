#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "git/cat_file.h"
#include "git/object_store.h"

namespace lockstep::git {

/// Answers what `git cat-file` would: out of the repository's files where that is certain, else by
/// git itself, which runs from then on. The names that files answer for are ids in full and those
/// with `^{commit}` behind them; a first one of a call that they have no answer for, and what
/// follows it in that call, is asked of git.
class ObjectSource {
  public:
    /// Without a store everything is asked of git.
    ObjectSource(std::optional<ObjectStore> store, os::Command cat_file)
        : store_(std::move(store)), cat_file_(std::move(cat_file)) {}

    /// Starts git where it will be needed for everything.
    Result<void> start();
    /// See CatFile::ask.
    Result<void> ask(CatFile::Verb verb, std::span<const std::string> names,
                     const CatFile::Listener& listener);
    /// What the files alone say; see ObjectStore.
    std::optional<ObjectHeader> header_in_files(const ObjectId& id);
    std::optional<StoredObject> read_in_files(const ObjectId& id, std::size_t bytes_max);
    const CatFile::Counts& counts() const { return cat_file_.counts(); }

  private:
    std::optional<ObjectStore> store_;
    CatFile cat_file_;
};

/// The answer of a store alone; nothing where it has none.
std::optional<CatFile::Answer> answer_from(ObjectStore& store, CatFile::Verb verb,
                                           std::string_view name);

}  // namespace lockstep::git
