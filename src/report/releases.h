#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verify/verdict.h"

/// The releases of an audit in the order and under the names that reports give them.
namespace lockstep::report {

using Releases = std::vector<const verify::ReleaseVerdict*>;

/// What one product or component released, newest first.
struct Line {
    std::string component;  // empty: the product itself
    Releases releases;
};

/// The product's line first, then its components' by name. Releases that were only seen as
/// neighbours of others are left out.
std::vector<Line> lines_of(const verify::Audit& audit);

/// All of them, oldest first, as in the audit.
Releases judged_releases(const verify::Audit& audit);

/// The newest release of each line: what the checked-out tree is nearest to.
Releases current_releases(const verify::Audit& audit);

/// The tag; of a bare commit its first 12 digits; else its title, else "work tree".
std::string release_name(const evidence::Release& release);

/// "2024-01-02" and "2024-01-02T03:04:05Z"; empty where `time` is 0 or outside the years 1 to 9999.
std::string date_of(std::int64_t time);
std::string timestamp_of(std::int64_t time);

/// How many there are of each verdict, in words: "29 releases: 14 consistent, 15 drifted; 6 more
/// declare nothing"; of a component "45 releases of shop-chart: 45 consistent".
std::string summary_of(const Line& line, const verify::Audit& audit);
std::size_t count_of(const Releases& releases, verify::Verdict verdict);

}  // namespace lockstep::report
