#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lockstep::evidence {

/// Labels or annotations, by key.
using Labels = std::map<std::string, std::string, std::less<>>;

/// One platform of an image, as its registry holds it.
struct SeenPlatform {
    std::string name;                   // "linux/arm64/v8", with what its architecture implies
    std::string digest;                 // of its manifest
    std::string config;                 // digest of its config, by which some runtimes name it
    Labels labels;                      // of its config
    Labels annotations;                 // of its manifest
    std::string created;                // RFC 3339, as written; may be empty
    std::vector<std::string> diff_ids;  // of its layers

    bool operator==(const SeenPlatform&) const = default;
};

/// What was seen of one reference, in its registry or in what answers in its place.
struct SeenImage {
    enum class State : std::uint8_t {
        unknown,  // could not be asked: see `reason`
        missing,  // certainly not there
        found,
    };

    State state = State::unknown;
    std::string source;  // who answered, or did not: "registry.k8s.io", "oci:images"
    std::string reason;  // of `unknown`: why, for people

    std::string digest;  // of the index, or of the only manifest
    bool is_index = false;
    std::string artifact_type;  // of an artifact, which has no platforms
    Labels annotations;         // of the index, or of the only manifest
    std::vector<SeenPlatform> platforms;
    /// Labels and annotations of the image that this one says it was built on, a set for each place
    /// where that has some; empty: it names none, or nothing could be read.
    std::vector<Labels> base;
    bool is_base_known = false;  // it names one, and all of that could be read

    bool operator==(const SeenImage&) const = default;
};

/// By reference: "registry.k8s.io/descheduler/descheduler:v0.29.0", "…@sha256:…".
using Images = std::map<std::string, SeenImage, std::less<>>;

/// A commit that an image names as the one it was built from.
struct SeenCommit {
    enum class State : std::uint8_t {
        unknown,  // the repository does not hold all of its history
        absent,   // certainly no commit of the repository
        found,
    };

    State state = State::unknown;
    std::string id;  // of `found`: whole
};

/// A parent of a release's commit, and what the release changed against it.
struct Parent {
    std::string commit;
    std::vector<std::string> changed;  // paths, sorted
    bool is_whole = true;              // false: more changed than is kept here
};

}  // namespace lockstep::evidence
