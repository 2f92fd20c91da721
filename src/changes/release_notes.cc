#include "changes/release_notes.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/file_tree.h"
#include "changelog/files.h"
#include "changelog/sections.h"
#include "version/style.h"

namespace lockstep::changes {

namespace {

using changelog::Section;
using Source = VersionNotes::Source;

struct ReadFile {
    const NoteFile* file;
    std::vector<Section> sections;
    std::optional<version::Version> called;  // by the file's name
};

/// "v1.2.0", "Release 1.2.0", "kite v1.2.0": nothing that the version does not say.
bool only_repeats(std::string_view message, const Milestone& milestone) {
    std::size_t words = 0;
    while (!message.empty()) {
        const std::size_t first = std::min(message.find_first_not_of(" \t\n"), message.size());
        message.remove_prefix(first);
        const std::string_view word = message.substr(0, message.find_first_of(" \t\n"));
        message.remove_prefix(word.size());
        const auto written = version::read_written(word);
        const bool is_version =
            word == milestone.tag || (written && written->version == milestone.version);
        if (!is_version && !word.empty()) ++words;
    }
    constexpr std::size_t few = 2;
    return words <= few;
}

class Reading {
  public:
    explicit Reading(std::span<const NoteFile> files) {
        for (const NoteFile& file : files)
            files_.push_back({.file = &file,
                              .sections = changelog::sections_of(file.text),
                              .called = changelog::version_of_file(file_name(file.path))});
    }

    VersionNotes of(const Milestone& milestone) const {
        VersionNotes notes{.tag = milestone.tag,
                           .version = milestone.version,
                           .source = Source::none,
                           .place = {},
                           .notes = {}};
        if (!take_section(notes) && !take_file(notes)) take_message(milestone, notes);
        changelog::sort_by_topic(notes.notes);
        return notes;
    }

    /// Versions that have a section.
    std::vector<version::Version> versions() const {
        std::vector<version::Version> versions;
        for (const ReadFile& read : files_)
            for (const Section& section : read.sections)
                if (section.version) versions.push_back(*section.version);
        return versions;
    }

  private:
    bool take_section(VersionNotes& notes) const {
        for (const ReadFile& read : files_)
            for (const Section& section : read.sections) {
                if (section.version != notes.version) continue;
                if (section.body.empty() && read.called == notes.version) continue;
                notes.source = Source::section;
                notes.place = read.file->path + ':' + std::to_string(section.line);
                notes.notes = changelog::notes_of(section.body);
                return true;
            }
        return false;
    }

    bool take_file(VersionNotes& notes) const {
        for (const ReadFile& read : files_) {
            if (read.called != notes.version) continue;
            notes.source = Source::file;
            notes.place = read.file->path;
            notes.notes = changelog::notes_of(read.file->text);
            return true;
        }
        return false;
    }

    static void take_message(const Milestone& milestone, VersionNotes& notes) {
        if (milestone.message.empty() || only_repeats(milestone.message, milestone)) return;
        notes.source = Source::tag;
        notes.place = "tag " + milestone.tag;
        notes.notes = changelog::notes_of(milestone.message);
    }

    std::vector<ReadFile> files_;
};

}  // namespace

std::vector<VersionNotes> release_notes(std::span<const Milestone> path,
                                        std::span<const NoteFile> files,
                                        const version::Version& from, const version::Version& to) {
    const Reading reading(files);
    std::vector<VersionNotes> found;
    for (const Milestone& milestone : path) found.push_back(reading.of(milestone));
    for (const version::Version& version : reading.versions()) {
        const bool is_between = version > from && version <= to && version.number_count() > 2;
        const bool is_known = std::ranges::any_of(
            found, [&](const VersionNotes& each) { return each.version == version; });
        if (is_between && !is_known)
            found.push_back(reading.of({.tag = {}, .version = version, .message = {}}));
    }
    std::erase_if(found, [&](const VersionNotes& each) {
        return each.version.is_prerelease() && each.version != to && each.is_missing();
    });
    std::ranges::stable_sort(
        found, [](const VersionNotes& a, const VersionNotes& b) { return a.version > b.version; });
    return found;
}

}  // namespace lockstep::changes
