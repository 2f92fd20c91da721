#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "edit/edit.h"
#include "edit/scalar_edit.h"
#include "yaml/parse.h"

namespace lockstep::edit {

/// One change of a file, and what people are told of it.
struct Change {
    ByteEdit edit;
    Replacement shown;
    /// The scalar that changes, and what it says then; unset for added and removed lines.
    std::optional<std::size_t> scalar_offset = {};
    std::string says = {};
};

/// A file while its changes are gathered.
class FileDraft {
  public:
    /// The file at `path`, which may go through symlinks.
    static Result<FileDraft> open(const FileTree& tree, std::string_view path);

    const std::string& path() const { return path_; }
    std::string_view text() const { return *before_; }

    /// Null where the file is no YAML (a template), so that it is only known by its lines.
    const yaml::Document* document() const { return document_.get(); }
    /// The scalar that begins at `offset`, and the mapping that it is a value of; null where the
    /// document has none there (it is part of a text, as in an inline patch).
    struct There {
        const yaml::Node* scalar = nullptr;
        const yaml::Node* mapping = nullptr;
    };
    There find(std::size_t offset) const;

    /// One change twice is one; two changes of the same bytes are a `conflict` with both wishes.
    Result<void> add(Change change);

    bool is_changed() const { return !changes_.empty(); }
    /// Applies the changes and reads them again: `internal` where a place does not say what it
    /// should.
    Result<FileEdit> finish() const;

  private:
    FileDraft(std::string path, Blob before);
    std::shared_ptr<const yaml::Document> parsed(const Blob& text) const;
    Result<void> check(const std::vector<Change>& changes, const Blob& after) const;

    std::string path_;
    Blob before_;
    std::shared_ptr<const yaml::Document> document_;
    std::vector<Change> changes_;
};

}  // namespace lockstep::edit
