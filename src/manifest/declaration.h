#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace lockstep::manifest {

/// Where a version is written down.
enum class Surface { kustomize, helm, yaml, text };
const char* to_string(Surface surface);

/// What a declaration says the version of.
enum class Subject {
    image,           // an image reference
    chart_version,   // `version` of a Chart.yaml
    app_version,     // `appVersion` of a Chart.yaml
    object_version,  // what an object says its own version is: a ClusterServiceVersion
    remote_ref,      // the `?ref=` of a remote base, or of an install URL in a text
};
const char* to_string(Subject subject);

struct ObjectName {
    std::string kind, name_space, name;  // empty where there is no object (text, charts)
    bool operator==(const ObjectName&) const = default;
};

/// One place of a tree that names an image or a version: a fact, with no judgement.
struct Declaration {
    Surface surface = Surface::yaml;
    Subject subject = Subject::image;
    std::string root;     // directory of the kustomization or chart; empty for plain YAML and text
    Location at;          // of the scalar that decided it
    unsigned length = 0;  // characters of that scalar, for the caret; 0 unknown
    std::string excerpt;  // the line it stands in, at most 240 characters
    ObjectName object;
    std::string field;        // "spec.template.spec.containers[0].image"; empty in text
    std::string image;        // the image's name as written; of a chart or object its name; of a
                              // remote_ref the repository ("github.com/owner/repo")
    std::string declared;     // tag or version as written; empty: none
    std::string digest;       // "sha256:…"; empty: none
    bool by_default = false;  // the tag is not written but made from Chart.yaml: a chart whose
                              // `tag` is empty takes appVersion

    bool operator==(const Declaration&) const = default;
};

/// Something that should have been read for declarations and could not be: never silence.
struct Gap {
    Surface surface = Surface::yaml;
    std::string root;
    Error error;  // why, with its place
    /// Image names that its text mentions, where those can be told; empty: anything may hide there.
    std::vector<std::string> mentions;
    /// The user named it and it is not there: it counts whatever is judged, and `error` says all.
    bool is_demanded = false;

    bool operator==(const Gap&) const = default;
};

/// What one unit of a tree (a kustomization, a chart, a file) declares.
struct Facts {
    std::vector<Declaration> declarations;
    std::vector<Gap> gaps;

    bool operator==(const Facts&) const = default;
};

}  // namespace lockstep::manifest
