#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/record.h"

/// The release protocol: publishes a version so that nobody can ever see a tag whose manifests name
/// another image. docs/adr/0010 has the protocol and why it holds.
namespace lockstep::release {

/// How far a release has come. Each is reached by one compare-and-swap of the state's ref.
enum class Step : std::uint8_t {
    prepared,   // the candidate is there, to be built from
    built,      // every image has a digest, in staging; in digest mode the commit is made of them
    tagging,    // what would be published was judged, and is right; every digest is where it will
                // be published; image tags are being put, or are: the version is spent
    published,  // the Git tag is visible
    recorded,   // aliases have moved, the branch has the commit: the end
    aborting,   // its traces are being removed
    burned,     // given up after an image tag may have been seen: never to be used again
};
std::string_view to_string(Step step);

/// An image of the release, or the package of a chart.
struct Item {
    enum class Kind : std::uint8_t { image, chart };
    Kind kind = Kind::image;
    std::string name;       // "registry.example.com/kite/kite", as in lockstep.yaml; a chart's path
    std::string staging;    // "registry.example.com/kite/kite-staging:v1.2.0-0123456789ab"
    std::string published;  // "registry.example.com/kite/kite:v1.2.0"
    std::string digest;     // empty until it is built
    std::vector<record::Platform> platforms;

    bool operator==(const Item&) const = default;
};

/// `release.json`: the whole of what a runner must know to carry on from here. A value; the next
/// one is another value.
struct State {
    Step step = Step::prepared;
    std::string tag, version;
    std::string component;   // empty: the product
    std::string mode;        // "tag", "digest"
    std::string source;      // S: the commit that it is made from
    std::string commit;      // M: the commit that it is; in digest mode empty until it is built
    std::string tag_object;  // empty until it is published
    std::string branch;      // "refs/heads/main"
    /// The commit by which the branch has M: M itself, or a merge; empty: it does not have it
    /// (yet).
    std::string merged;
    std::string candidate;  // the ref; empty once it is gone
    std::string origin;  // the release candidate whose images become final; empty: they are built
    std::vector<Item> items;
    std::string person, email;  // author and tagger
    std::int64_t time = 0;      // of commit and tag: seconds since 1970 UTC
    std::string runner;         // who reached this step: "ann@build-7"
    std::int64_t changed = 0;   // and when
    std::string tool;           // "lockstep 0.1.0"
    std::string reason;         // of `burned` and `aborting`: why

    /// The commit that images are built from, which the candidate names.
    const std::string& built_from() const { return mode == "digest" ? source : commit; }
    bool is_over() const { return step == Step::recorded || step == Step::burned; }
    bool operator==(const State&) const = default;
};

inline constexpr std::string_view state_file = "release.json";

/// Pretty JSON with "schemaVersion": 1, see schemas/release.schema.json.
std::string write(const State& state);
/// `name` is said in errors. `invalid`: no such file; `unsupported`: of a newer lockstep.
Result<State> parse_state(const std::string& name, std::string_view bytes);

}  // namespace lockstep::release
