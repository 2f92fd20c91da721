#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/images.h"
#include "evidence/records.h"
#include "manifest/declaration.h"
#include "version/version.h"

namespace lockstep::evidence {

/// What was seen of one unit of a tree. Shared by every release whose tree holds the same unit.
struct Unit {
    enum class Kind { kustomization, chart, file, text };

    Kind kind = Kind::file;
    std::string path;  // directory of the kustomization or chart, path of the file
    manifest::Facts facts;
};

/// What was seen of one tree. Shared by every release that has the same tree, so that a history
/// costs what is distinct in it.
struct Tree {
    std::vector<std::shared_ptr<const Unit>> units;  // in order of kind, then path
    std::vector<manifest::Gap> gaps;  // of the tree as a whole (an unreadable directory)
};

/// What was seen of one release: a value, gathered once, from which any judgement can be repeated.
struct Release {
    std::string tag;  // empty for a bare commit and for the work tree
    std::string
        component;  // what it is a release of, where that is not the product: a chart, a component
    std::optional<version::Version> version;  // what the tag says, or --expect
    std::string tag_object;                   // what the tag's ref names; empty: unknown
    std::string commit;                       // hexadecimal; empty for a work tree
    std::string title;  // of what has neither tag nor commit: "standard input"; empty: work tree
    std::int64_t time = 0;  // seconds since 1970 UTC
    bool annotated = false;
    /// Seen only so that judgement knows the neighbours of the release that was asked for; not
    /// judged itself.
    bool is_context = false;
    std::shared_ptr<const Tree> tree;  // null for context whose tree was not read
};

/// A tag of the repository that is not one of the releases, and why: "moving", "test", "twin of
/// v1.2.3", "chart tag".
struct OtherTag {
    std::string tag;
    std::string commit;
    std::string reason;
};

/// The Git tags of a chart or of a component of a mono-repository.
struct TagFamily {
    std::string component;  // as in Release::component
    std::string pattern;    // "descheduler-helm-chart-{version}"
    bool is_chart = false;

    bool operator==(const TagFamily&) const = default;
};

/// What was seen of a project.
struct History {
    std::string project;         // its name: from the remote's URL or the folder
    std::string project_source;  // where the name was read: "the URL of remote origin"
    std::string repository;      // "github.com/owner/repo"; empty where there is no remote
    std::vector<Release>
        releases;  // by component, the product's ("") first; then by version, oldest first
    std::vector<TagFamily> tag_families;
    std::vector<OtherTag> other_tags;
    std::vector<std::string> notices;  // what people must know: a shallow clone, a limit

    /// What registries hold under declared names; empty where nobody asked.
    Images images;
    /// The commits that those images name, by the text that names them.
    std::map<std::string, SeenCommit, std::less<>> commits;
    /// The parents of releases that pin an image by digest, by the release's commit.
    std::map<std::string, std::vector<Parent>, std::less<>> parents;
    /// What releases were recorded as; empty where nothing was, or nobody asked.
    SeenRecords records;
};

}  // namespace lockstep::evidence
