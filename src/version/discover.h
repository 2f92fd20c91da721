#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "version/tag_pattern.h"
#include "version/version.h"

/// Which tags of a repository are its releases, where nobody has said so.
namespace lockstep::version {

struct TagFact {
    std::string_view name;
    std::string_view commit;  // its id in any form, to tell twins; empty: unknown
    std::int64_t time = 0;    // seconds since 1970; 0: unknown
};

/// The tags that share what stands around their version.
struct Family {
    TagPattern pattern;     // "descheduler-helm-chart-{version}", "api/v{version}"
    std::string component;  // "descheduler-helm-chart", "api"; empty: the product itself
    bool is_chart = false;  // its name says so
    struct Member {
        std::size_t tag;  // index into the tags given
        Version version;
    };
    std::vector<Member> members;  // in order of version, then of time and name
};

/// A tag that is no release, and why.
struct Noise {
    std::size_t tag;
    std::string reason;  // "moving", "test", "merge", "no version", "twin of v1.2.3", …
};

/// Every tag given is in exactly one of these.
struct Discovery {
    /// The product's releases. One family for "v{version}" and "{version}" (they count as one, each
    /// version once), more where the project switched to another pattern. Of a repository that has
    /// only components, the families of all that are no charts, or of all.
    std::vector<Family> releases;
    std::vector<Family> others;  // charts, components, Go modules, in order of pattern
    std::vector<Noise> noise;    // in the order given
};

/// `project` is the project's name ("descheduler"), if known: its own families are recognised by
/// it.
///
/// Of tags for one version the product's usual writing counts; the other is a "twin" on the same
/// commit, "stray" on another one. Builds of a version ("v1.2.3+k3s1", "v1.2.3+k3s2") are releases
/// each. Pre-releases are releases (`Version::is_prerelease`); tags whose
/// words say test, dev or nightly are not, nor are those of a moving channel ("v1" beside v1.2.3).
Discovery discover_releases(std::span<const TagFact> tags, std::string_view project = {});

}  // namespace lockstep::version
