#pragma once

#include <string>
#include <vector>

#include "report/releases.h"
#include "verify/finding.h"

/// Findings that are one mistake, together: a person reads a mistake once, not once per release.
namespace lockstep::report {

/// One mistake in one release: the same rule, fault and versions, in one place or several.
struct Mistake {
    const verify::ReleaseVerdict* release = nullptr;
    std::vector<verify::Finding> findings;  // never empty; the first stands for all

    const verify::Finding& shown() const { return findings.front(); }
    /// "kubernetes/{cronjob,job}/kustomization.yaml:9"
    std::string places() const;
    std::vector<std::string> roots() const;  // distinct, sorted, without the empty one
};

/// A mistake that was made again and again in the same file, newest first. Never empty.
using Chain = std::vector<Mistake>;

/// All findings of an audit: chains by their newest release, newest first; within one by severity.
std::vector<Chain> fold(const verify::Audit& audit);

/// Every finding by itself, in the same order.
std::vector<Chain> unfolded(const verify::Audit& audit);

}  // namespace lockstep::report
