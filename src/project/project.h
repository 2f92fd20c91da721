#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "version/tag_pattern.h"

/// lockstep.yaml: what is released together, where it is written down, what is expected of each
/// place.
namespace lockstep::project {

/// Who builds an image when a release is made.
struct Build {
    enum class Driver {
        none,      // the image is not built by a release
        command,   // a program is run in a checkout of the release
        layout,    // an OCI image layout that any builder wrote
        external,  // CI builds the candidate and pushes to staging
    };
    Driver driver = Driver::none;
    std::vector<std::string> command;  // of `command`; one text in the file is run by `sh -c`
    std::string layout;                // of `layout`: relative to the configuration's own folder
    std::chrono::seconds time_limit = std::chrono::minutes(60);

    bool operator==(const Build&) const = default;
};

/// An image that the project publishes itself. In the file also its name alone.
struct Image {
    std::string name;                  // "registry.k8s.io/descheduler/descheduler"
    std::vector<std::string> aliases;  // names it had before, or has elsewhere
    std::vector<std::string> retired;  // registries or names that no longer count ("k8s.gcr.io")
    /// How its tags write a version, without {component}; unset: learnt from the history.
    std::optional<version::TagPattern> tag;
    /// Whether an image must say from which commit and version it was built.
    enum class Labels { optional, required };
    Labels labels = Labels::optional;
    /// The component of a mono-repository that it is released with; empty: the product.
    std::string component;
    Build build;
    std::string staging;                 // the repository it waits in; empty: NAME-staging
    std::vector<std::string> platforms;  // that a release must have ("linux/amd64"); empty: any
    /// A program that prints what version the image reports, run with its reference as the last
    /// argument; empty: its labels tell. Asked before a release candidate becomes final.
    std::vector<std::string> probe;

    bool operator==(const Image&) const = default;
};

/// A registry, or a part of one, that needs words.
struct Registry {
    std::string name;    // "registry.example.com", "registry.example.com/team"
    std::string layout;  // a folder with an OCI image layout that answers in its place, relative to
                         // the configuration's own; empty: none
    std::vector<std::string> mirrors;  // base URLs that are asked before it
    std::string retired;  // why no own image should be declared there; empty: it is in use

    bool operator==(const Registry&) const = default;
};

/// A chart. Charts without an entry are judged by discovery. Its patterns have no {component}.
struct Chart {
    std::string path;  // its directory; "" is the root of the tree, written "." in the file
    /// Its own Git tags: it is `independent` of the product's.
    std::optional<version::TagPattern> tags;
    /// How Chart.yaml writes `version`; default "{version}".
    std::optional<version::TagPattern> version;
    /// How it writes `appVersion`; default: learnt.
    std::optional<version::TagPattern> app_version;
    /// As of an image.
    std::string component;
    /// The repository that its package is pushed to, without the chart's name
    /// ("registry.example.com/charts"); empty: it is not. One that is follows the release with its
    /// `version`, unless it has tags of its own.
    std::string publish;

    bool operator==(const Chart&) const = default;
};

/// What is expected of the declarations in some paths. The first rule that matches counts.
struct PathRule {
    enum class Expect {
        release,    // the release's version: the default everywhere
        floating,   // a floating tag is intended (the versioned file is a release asset)
        directory,  // the version that stands in the path (deploy/v4.1.0/)
        ignored,    // not a release artefact: not judged, and said so
    };
    std::string path;  // glob, see base/glob.h; "deploy/" in the file is read as "deploy/**"
    Expect expect = Expect::release;
    std::string reason;

    bool operator==(const PathRule&) const = default;
};
/// "release", "floating", …: as in the file.
std::string_view to_string(PathRule::Expect expect);

/// Texts that tell users which version to use. In the file also the path alone.
struct Text {
    std::string path;  // glob
    /// Literal texts with one {version}: "?ref=v{version}"; empty: the built-in ones.
    std::vector<std::string> patterns;

    bool operator==(const Text&) const = default;
};

/// Where images are named beyond pod templates.
struct Fields {
    /// Globs of variable names whose value is an image: "RELATED_IMAGE_*".
    std::vector<std::string> environment;
    /// Flags whose value is an image: "--image", "--prometheus-config-reloader".
    std::vector<std::string> arguments;
    /// Dotted paths in any object: "spec.image", "spec.images[].ref".
    std::vector<std::string> paths;

    bool operator==(const Fields&) const = default;
};

/// How a release is made.
struct Release {
    enum class Mode { tag, digest };               // what manifests name images by
    enum class Behind { merge, tag_only, fail };   // where the branch has moved on meanwhile
    enum class Sign { automatic, always, never };  // automatic: as git's configuration says

    std::string remote;                 // name or URL; empty: origin
    std::vector<std::string> branches;  // globs; empty: the default branch and "release-*"
    Mode mode = Mode::tag;
    Behind behind = Behind::merge;
    Sign sign = Sign::automatic;
    std::string candidate = "refs/lockstep/candidates/{tag}";  // {tag} once
    std::string message = "Release {tag}";                     // of commit and tag
    std::string changelog;                                     // path; empty: none
    std::vector<std::string> aliases;  // image tags: "latest", "{major}.{minor}", "v{major}"
    bool may_add_entries = false;      // see edit::Options

    bool operator==(const Release&) const = default;
};

struct Project {
    std::string name;           // empty: from the remote or folder
    std::vector<Image> images;  // empty: discovered
    std::vector<Registry> registries;
    std::vector<version::TagPattern> tags;  // release tags; empty: discovered
    std::vector<std::string> ignored_tags;  // globs
    std::vector<Chart> charts;
    std::vector<PathRule> paths;
    std::vector<Text> texts;
    Fields fields;
    Release release;
    /// Rule id → "off", "note", "warning", "error".
    std::map<std::string, std::string, std::less<>> rules;
    std::string source;  // file it was read from; empty: none, all of it discovered

    bool operator==(const Project&) const = default;
};

/// The names the file may have, in order of preference.
inline constexpr std::string_view file_names[] = {"lockstep.yaml", "lockstep.yml",
                                                  ".lockstep.yaml"};

/// The rules whose severity can be set: the ids of verify's table, in order.
inline constexpr std::string_view rule_ids[] = {
    "chart-version",    "declared-version", "digest-mismatch", "floating-tag",     "image-missing",
    "image-moved",      "image-revision",   "image-version",   "manifest-changed", "not-rendered",
    "registry-retired", "tag-moved",        "text-version"};

/// Reads one configuration. What is wrong with it is a `usage` error with path:line:column that
/// says what was found and what was expected: broken YAML, unknown and repeated keys (the hint
/// names the nearest valid one), wrong types, empty texts, bad patterns, paths that could never
/// match, unknown rule ids. Keys that begin with "x-" are the user's own, in every mapping.
Result<Project> parse(std::string path, Blob text);

/// The file that `lockstep init` writes: `project` in YAML under a yaml-language-server line, each
/// entry with its reasons as comments. `parse` reads the same project again (but for `source`) if
/// its texts are UTF-8. Sections that are empty are left out.
struct Reason {
    std::string about;  // "images[0]", "paths[1]", "name", "charts": the entry it explains
    std::string text;
};
std::string write(const Project& project, const std::vector<Reason>& reasons);

/// Where editors find the JSON Schema (2020-12) of the file: schemas/lockstep.schema.json, as
/// installed.
std::string_view schema_url();

}  // namespace lockstep::project
