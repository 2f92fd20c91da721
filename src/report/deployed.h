#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "report/paint.h"
#include "report/report.h"
#include "verify/deployed.h"

/// What runs in a cluster, shown. Pure functions of the audit.
namespace lockstep::report {

struct DeployedOptions {
    bool color = false;
    bool quiet = false;    // text: findings only
    bool verbose = false;  // text: every image that runs, right ones too
    unsigned width = 100;
    std::string tool_version;
    std::int64_t now = 0;  // seconds since 1970 UTC, for JUnit
};

/// As text, where the format is neither JSON nor JUnit.
void write_deployed(const verify::DeployedAudit& audit, Format format,
                    const DeployedOptions& options, std::ostream& out);
void write_deployed_text(const verify::DeployedAudit& audit, const DeployedOptions& options,
                         std::ostream& out);
/// schemas/deployed.schema.json
void write_deployed_json(const verify::DeployedAudit& audit, const DeployedOptions& options,
                         std::ostream& out);
/// A suite for each namespace, a case for each container, and for each thing that could not be
/// read.
void write_deployed_junit(const verify::DeployedAudit& audit, const DeployedOptions& options,
                          std::ostream& out);

/// "✓ in lockstep", "✗ drifted", "? unchecked".
std::string signed_verdict(verify::DeployedVerdict verdict);
Tone tone_of(verify::DeployedVerdict verdict);
/// "Deployment/kite, container app"
std::string title_of(const verify::JudgedWorkload& workload,
                     const verify::JudgedContainer& container);
/// "v1.2.0 (linux/amd64, by its record)", "no known release", "nothing yet".
std::string title_of(const verify::RunningImage& image);
/// One line for each change of a verdict between two looks at a cluster; empty: nothing changed.
std::string changes_between(const verify::DeployedAudit& before,
                            const verify::DeployedAudit& after);

}  // namespace lockstep::report
