#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "changelog/notes.h"
#include "version/version.h"

namespace lockstep::changes {

/// A file in which the project says what changed.
struct NoteFile {
    std::string path;
    std::string_view text;
};

/// A release on the path.
struct Milestone {
    std::string tag;
    version::Version version;
    std::string message;  // of an annotated tag; empty: none
};

/// What the project wrote about one version.
struct VersionNotes {
    enum class Source : std::uint8_t { none, section, file, tag };

    std::string tag;  // empty: a version that has a section and no tag
    version::Version version;
    Source source = Source::none;
    std::string place;  // "CHANGELOG.md:12", "docs/releases/v1.2.0.md", "tag v1.2.0"
    std::vector<changelog::Note> notes;  // heaviest topics first

    /// A version that people install and of which nothing is written.
    bool is_missing() const { return source == Source::none; }
};

/// What is written of every version behind `from` up to `to`, newest first: a section of a change
/// log, else the file that is called by the version, else what its tag says, unless that only
/// repeats the version. A pre-release on the way of which nothing is written is left out.
std::vector<VersionNotes> release_notes(std::span<const Milestone> path,
                                        std::span<const NoteFile> files,
                                        const version::Version& from, const version::Version& to);

}  // namespace lockstep::changes
