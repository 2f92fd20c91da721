#pragma once

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

/// An image that the project publishes itself.
struct Image {
    std::string name;                  // "registry.k8s.io/descheduler/descheduler"
    std::vector<std::string> aliases;  // names it had before, or has elsewhere
    std::vector<std::string> retired;  // registries or names that no longer count ("k8s.gcr.io")
    std::optional<version::TagPattern>
        tag;  // how its tags write a version; unset: learnt from the history
};

/// A chart. Charts without an entry are judged by discovery.
struct Chart {
    std::string path;  // its directory
    std::optional<version::TagPattern>
        tags;  // its own Git tags: it is `independent` of the product's
    std::optional<version::TagPattern>
        version;  // how Chart.yaml writes `version`; default "{version}"
    std::optional<version::TagPattern> app_version;  // default: learnt
};

/// What is expected of the declarations in some paths. The first rule that matches counts.
struct PathRule {
    enum class Expect {
        release,    // the release's version: the default everywhere
        floating,   // a floating tag is intended (the versioned file is a release asset)
        directory,  // the version that stands in the path (deploy/v4.1.0/)
        ignored,    // not a release artefact: not judged, and said so
    };
    std::string path;  // glob: `*` within a part, `**` over parts
    Expect expect = Expect::release;
    std::string reason;
};

/// Texts that tell users which version to use.
struct Text {
    std::string path;  // glob
    std::vector<std::string>
        patterns;  // literal texts with one {version}: "?ref=v{version}"; empty: the built-in ones
};

/// Where images are named beyond pod templates.
struct Fields {
    std::vector<std::string>
        environment;  // globs of variable names whose value is an image: "RELATED_IMAGE_*"
    std::vector<std::string>
        arguments;  // flags whose value is an image: "--image", "--prometheus-config-reloader"
    std::vector<std::string>
        paths;  // dotted paths in any object: "spec.image", "spec.images[].ref"
};

struct Project {
    std::string name;                       // empty: from the remote or folder
    std::vector<Image> images;              // empty: discovered
    std::vector<version::TagPattern> tags;  // release tags; empty: discovered
    std::vector<std::string> ignored_tags;  // globs
    std::vector<Chart> charts;
    std::vector<PathRule> paths;
    std::vector<Text> texts;
    Fields fields;
    std::map<std::string, std::string, std::less<>>
        rules;           // rule id → "off", "note", "warning", "error"
    std::string source;  // file it was read from; empty: none, all of it discovered
};

/// The names the file may have, in order of preference.
inline constexpr std::string_view file_names[] = {"lockstep.yaml", "lockstep.yml",
                                                  ".lockstep.yaml"};

/// Reads one configuration. Unknown keys, wrong types, bad patterns and unknown rule ids are
/// `usage` errors with path:line:column; an unknown key's hint names the nearest valid one.
Result<Project> parse(std::string path, Blob text);

/// The file that `lockstep init` writes: `project` in YAML under a yaml-language-server line, each
/// entry with its reason as a comment.
struct Reason {
    std::string about;  // "images[0]", "paths[1]": the entry it explains
    std::string text;
};
std::string write(const Project& project, const std::vector<Reason>& reasons);

/// `pattern` against a whole path or name: `*` any run within a part, `**` any run, `?` one
/// character, `[a-z]` as in gitignore.
bool matches_glob(std::string_view pattern, std::string_view text);

/// The JSON Schema (2020-12) of the file, as shipped in schemas/lockstep.schema.json.
std::string_view schema_url();

}  // namespace lockstep::project
