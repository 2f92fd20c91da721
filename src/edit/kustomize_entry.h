#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edit/scalar_edit.h"
#include "yaml/node.h"

namespace lockstep::edit {

/// What an entry of a kustomization's `images` shall say.
struct EntryWish {
    std::optional<std::string> tag;     // unset: its tag stays as it is
    std::optional<std::string> digest;  // unset: it is not pinned
};

/// A change of an entry, and the place and the words that people are shown.
struct EntryChange {
    ByteEdit edit;
    yaml::Mark mark;  // of what is replaced, or of what the new line stands behind
    std::string before, after;
};

/// What makes the entry of `images` in `file` say it, in order of the file. Where a line goes, it
/// goes whole. Empty where it says it already. `unsupported`, with the place, for an entry that
/// nothing can be added to or taken from without writing it anew.
Result<std::vector<EntryChange>> edit_entry(std::string_view file, const yaml::Node& entry,
                                            const EntryWish& wish);

/// An entry that is added.
struct NewEntry {
    std::string name;
    EntryWish wish;
};

/// Adds entries at the end of the `images` of a kustomization whose root is `root`; the list itself
/// where there is none.
Result<EntryChange> add_entries(std::string_view file, const yaml::Node& root,
                                const std::vector<NewEntry>& entries);

}  // namespace lockstep::edit
