#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edit/edit.h"
#include "edit/scalar_edit.h"

namespace lockstep::edit {

/// How the unreleased part of a change log (keepachangelog.com, 1.1.0) becomes the section of a
/// version.
struct ChangelogEdit {
    std::vector<ByteEdit> edits;            // in order; empty: the section is there already
    std::vector<Replacement> replacements;  // one for each
    unsigned section_line = 0;              // where it is there already
};

/// The section of a version.
struct ChangelogSection {
    unsigned line = 0;  // of its heading
    std::string title;  // the heading, without its marks
};
/// The first that is called after the version or the tag; nothing where none is.
std::optional<ChangelogSection> find_section(std::string_view text, std::string_view version,
                                             std::string_view tag);

/// A heading for the version and the date goes below that of "Unreleased", so that what stood there
/// is the version's and nothing is left. The links at the end follow where they compare with
/// "...HEAD". `unsupported` where there is no such heading; `conflict` where the version has a
/// section and something is unreleased besides.
Result<ChangelogEdit> release_changes(std::string_view path, std::string_view text,
                                      const Options& options);

}  // namespace lockstep::edit
