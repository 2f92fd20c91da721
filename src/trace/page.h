#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "trace/seen.h"

namespace lockstep::trace {

/// How much a line is worth.
enum class State : std::uint8_t {
    proved,     // computed here: digests that are equal, objects that name each other
    claimed,    // somebody says so: a label, a name, an attestation whose signature nobody checked
    differs,    // it contradicts what is proved or claimed otherwise
    missing,    // looked for, and certainly not there
    unchecked,  // could not be asked or read
    unasked,    // was not to be asked (--offline)
};
const char* to_string(State state);

/// What a line is about, in the order of the page.
enum class About : std::uint8_t {
    image,       // a reference and its digest
    image_tag,   // a tag that stands for it
    record,      // what was recorded when it was published
    git_tag,     // the release
    commit,      // what the tag names
    manifest,    // a place that names the image
    changelog,   // the section of the version
    label,       // what the image says of itself
    provenance,  // what an attestation says
    signature,
};
const char* to_string(About about);

struct Line {
    About about = About::image;
    State state = State::missing;
    std::string image;           // that it is about, of several; empty: the release
    std::string value;           // a digest, a tag, a commit, a version; may be empty
    std::string detail;          // for people: why; of a commit its subject
    std::string author = {};     // of a commit
    std::int64_t time = 0;       // of a commit, in seconds since 1970 UTC
    std::string source;          // where it was read
    std::optional<Location> at;  // in the release's tree

    bool operator==(const Line&) const = default;
};

/// One page: what was asked, and every link of the chain.
struct Page {
    Subject subject;
    std::string project;  // "github.com/owner/repo", else its name
    std::string release;  // empty: none is known
    std::vector<Line> lines;
    std::vector<std::string> notices;
};

/// 0; 1 where something differs or an image is certainly not there; 3 where something that was to
/// be asked could not be, and nothing is wrong.
int exit_status(const Page& page);

}  // namespace lockstep::trace
