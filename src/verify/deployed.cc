#include "verify/deployed.h"

#include <algorithm>

namespace lockstep::verify {

const char* to_string(DeployedVerdict verdict) {
    switch (verdict) {
        case DeployedVerdict::in_lockstep:
            return "in lockstep";
        case DeployedVerdict::idle:
            return "idle";
        case DeployedVerdict::unchecked:
            return "unchecked";
        case DeployedVerdict::unknown_digest:
            return "unknown digest";
        case DeployedVerdict::mixed:
            return "mixed";
        case DeployedVerdict::drifted:
            return "drifted";
    }
    return "";
}

int exit_status(const DeployedAudit& audit) {
    DeployedVerdict worst = DeployedVerdict::in_lockstep;
    for (const JudgedWorkload& workload : audit.workloads)
        worst = std::max(worst, workload.verdict);
    if (worst > DeployedVerdict::unchecked) return 1;
    const bool is_whole = worst != DeployedVerdict::unchecked && audit.deployed->unread.empty() &&
                          !audit.workloads.empty();
    return is_whole ? 0 : 3;
}

}  // namespace lockstep::verify
