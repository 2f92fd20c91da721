#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "version/tag_pattern.h"
#include "version/version.h"

/// How a surface writes a version: what stands around it in an image tag, an appVersion, a ref.
namespace lockstep::version {

/// A declared text taken apart: prefix + version + suffix give it back.
struct Written {
    std::string prefix;  // "", "v", "vv", "release-", "v20230728-v"
    Version version;     // with its pre-release: 1.2.3-rc.1
    std::string suffix;  // a variant of the same version: "-eksbuild.4", "-scratch", "_amd64"

    bool operator==(const Written&) const = default;
};

/// The version that `declared` names; nothing where it names none: whatever floats (see below),
/// texts without at least two numbers joined by a dot, dates ("20240101"), commit ids
/// ("sha-abc123").
///
/// Behind the numbers, words that lead up to a release (rc, alpha, beta, pre, dev, …), plain
/// numbers and commit ids belong to the version: 1.2.3-rc.1, and 1.2.3-14-g2414721, are not 1.2.3.
/// From any other word on it is the suffix: 1.2.3-eksbuild.4 is 1.2.3 in another packing.
std::optional<Written> read_written(std::string_view declared);

/// Whether `tag` is made to move or to be filled in, so that it never names a version: empty;
/// latest, stable, main, master, edge, nightly and their like, alone or as a word of it; branches
/// (release-1.2, v1.8.x); placeholders ($(TAG), {{tag}}, %version%, __TAG__, VERSION). Never true
/// of what `read_written` can read.
bool is_floating(std::string_view tag);

/// Whether a pre-release leads up to its version (rc.1, beta2, dev, 0) rather than naming a variant
/// of it (eksbuild.4, scratch).
bool leads_up(std::string_view prerelease);

/// The prefix to expect of `history[at]`, where `history` is what one surface wrote over its
/// releases, oldest first. It is what `history[at]` wrote itself, unless that is a slip: a doubled
/// "v", or a prefix that nobody near it in the history shares while at least three neighbours, some
/// of them before it, agree on another. A style that changes in mid-history is thus no slip.
std::string expected_prefix(std::span<const Written> history, std::size_t at);

/// The pattern that most of `history` is written in, the latest of equals; a suffix is part of it
/// only where all of those share it. Nothing where `history` is empty.
std::optional<TagPattern> usual_pattern(std::span<const Written> history);

}  // namespace lockstep::version
