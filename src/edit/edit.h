#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_tree.h"
#include "base/result.h"
#include "project/project.h"
#include "verify/verdict.h"

/// The edits that make a tree declare another version: only bytes of the scalars that say it.
namespace lockstep::edit {

/// One scalar that changes, or a line that is added.
struct Replacement {
    Location at;
    std::string before;  // "v0.28.1"; empty for what is added
    std::string after;
    std::string what;  // "registry.example.com/kite/kite", "appVersion of charts/kite", "CHANGELOG"

    bool operator==(const Replacement&) const = default;
};

struct FileEdit {
    std::string path;
    Blob before, after;
    std::vector<Replacement> replacements;  // in the order of the file
};

struct Edits {
    std::vector<FileEdit> files;  // by path; only those that change
    std::vector<std::string>
        unchanged;  // managed places that say the version already: "path:line:column"
    std::vector<std::string> notices;  // for people

    std::size_t replacements() const;
};

struct Options {
    std::string tag;      // "v1.2.0"
    std::string version;  // as changelogs and charts write it: "1.2.0"
    std::string date;     // "2026-11-28", for the changelog
    /// Digest mode: by image name ("registry.example.com/kite/kite"), what to pin. A place that
    /// names the image and is not pinned gets a pin; in tag mode an old pin of an own image goes,
    /// since it would win over the new tag.
    std::map<std::string, std::string, std::less<>> digests = {};
    /// Adds an `images` entry to a kustomization that declares an own image without one.
    bool may_add_entries = false;
};

/// `audit`: one release, judged over `tree` with the new version expected. Every declaration of an
/// own image, chart or text that follows the release is either a replacement or counted as
/// unchanged. What does not follow is left alone: what has versions of its own, floats by
/// intention, is filled in later, or stands in a copy for another version; prose that names a
/// branch; the change log, whose unreleased part becomes the version's
/// (`project.release.changelog`).
///
/// Quotes, comments, anchors, line breaks and all other bytes stay; a plain scalar that would be
/// read as a number or the like gets quotes. What was written with a prefix or suffix of its own
/// ("release-1.1.0-alpine") keeps it where the configuration says nothing else. A scalar that
/// decides for several declarations is one replacement. Pins: see Options::digests.
///
/// Errors, nothing is edited then: `unsupported`, with the place, for what cannot be edited so that
/// the version is said (a scalar that is made of pieces, a file that is not in the tree, a rendered
/// place that no scalar of the tree decides); `conflict` where one scalar should say two things, or
/// decides for somebody else's image too; `not_found` for an image without a digest in digest mode;
/// `usage` for an audit of no or several releases, or without a version. What could not be read is
/// a notice. The caller judges the edited tree again (see edited_tree.h).
Result<Edits> plan(const FileTree& tree, const verify::Audit& audit,
                   const project::Project& project, const Options& options);

/// As `diff -u` writes it, three lines of context; with the colours of `git diff` if asked.
std::string unified_diff(const Edits& edits, bool is_coloured = false);

}  // namespace lockstep::edit
