#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "consumers/pin.h"
#include "verify/verdict.h"
#include "version/version.h"

namespace lockstep::consumers {

/// What is known of the release that a pin names.
struct SeenRelease {
    enum class State : std::uint8_t {
        unknown,    // could not be asked: see `reason`
        withdrawn,  // it was published, or meant to be, and is no more: see `reason`
        floating,   // the name is a branch
        found,
    };

    State state = State::unknown;
    std::string reason;
    std::string tag;                          // the Git tag that the pin means; may be empty
    std::optional<version::Version> version;  // of the tag
    verify::Verdict verdict = verify::Verdict::unchecked;  // of its audit
    std::string finding;                                   // the first of it; may be empty
    std::vector<std::string> own_images;                   // full names
    /// Of a chart: the version that its images have (appVersion), which need not be its own.
    std::string image_version;
};

/// By URL, chart and revision: what `key_of` gives.
using SeenReleases = std::map<std::string, SeenRelease, std::less<>>;
std::string key_of(const Pin& pin);

enum class Verdict : std::uint8_t {
    fine,        // the release is consistent, or its tree declares nothing to judge
    drifted,     // its audit says so
    withdrawn,   // gone, moved, or given up
    overridden,  // an image of it is set to another version than the one that is pinned
    floating,    // nothing that stays is pinned
    unchecked,
};
const char* to_string(Verdict verdict);

/// An image that is set beside a pin, held against it.
struct JudgedOverride {
    const Override* override_ = nullptr;
    Verdict verdict = Verdict::fine;  // fine, overridden or unchecked
    std::string reason;
};

struct JudgedPin {
    const Pin* pin = nullptr;              // lives in what was found
    const SeenRelease* release = nullptr;  // null: nothing is known
    Verdict verdict = Verdict::unchecked;  // of the pin itself
    std::string reason;
    std::vector<JudgedOverride> overrides;  // of the project's own images
};

struct Scan {
    const Found* found = nullptr;
    std::vector<JudgedPin> pins;
};

/// Pure. Borrows both.
Scan judge(const Found& found, const SeenReleases& releases);

/// 0; 1 where a pin is drifted or withdrawn or an image overridden; 3 where something could not be
/// checked or read, and nothing worse was found.
int exit_status(const Scan& scan);

}  // namespace lockstep::consumers
