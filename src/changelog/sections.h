#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "version/version.h"

namespace lockstep::changelog {

/// What a change log says of one version.
struct Section {
    std::optional<version::Version> version;  // nothing: what is unreleased
    std::string title;                        // the heading, as it is written
    unsigned line = 0;                        // of the heading
    std::string_view body;                    // borrows the text; without blank lines at its ends
};

/// The version that a heading is about: "[1.2.0] - 2026-11-28" (keepachangelog.com), "v1.2.0
/// (2026-11-28)", "Version 1.2.0", "kite v1.2.0", "What's new in 1.2". Nothing for "Upgrading
/// from 1.2.0", "Changelog since v1.2.0", "Downloads for v1.2.0" and the like.
std::optional<version::Version> version_of_heading(std::string_view title);

/// The sections of a text, in its order: headings with '#', underlined ones, and lines
/// "Version 1.2.3" that stand alone, wherever they name a version or "Unreleased". A section ends
/// at the next of them, or at a heading of a higher rank. At most 10,000; in linear time, but for
/// the length of headings.
std::vector<Section> sections_of(std::string_view text);

}  // namespace lockstep::changelog
