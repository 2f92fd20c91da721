#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evidence/deployed.h"
#include "verify/image_id.h"

/// The verdict on what runs in a cluster.
namespace lockstep::verify {

/// From harmless to worst.
enum class DeployedVerdict : std::uint8_t {
    in_lockstep,     // what runs is what is expected, in all pods
    idle,            // what is declared is what is expected, and nothing has to run now
    unchecked,       // something could not be seen; see the reason
    unknown_digest,  // what runs is certainly not what is expected, and no known release
    mixed,           // some pods run what is expected, others not
    drifted,         // another release is declared or runs
};
/// "in lockstep", "unknown digest", …: as people read it.
const char* to_string(DeployedVerdict verdict);

/// An image that runs in some pods of a workload.
struct RunningImage {
    enum class State : std::uint8_t { right, other_release, unknown_digest, unchecked };

    State state = State::unchecked;
    ImageId id;
    std::string image_id;  // as the runtime reports it
    /// The releases that have this digest, the newest first: "v1.2.0".
    std::vector<std::string> releases;
    std::string platform;  // whose manifest it is; empty: of the index, or not known
    std::string known_by;  // "record", "registry", "pin"; empty: nobody knows it
    std::vector<std::string> pods;
    std::vector<std::string> revisions;  // of the pods, each once
    std::string reason;                  // of `unchecked`
};

struct JudgedContainer {
    evidence::ContainerKind kind = evidence::ContainerKind::regular;
    std::string name;
    std::string project;   // whose image it is
    std::string declared;  // image, as the template says; where there is none, as pods do
    std::string expected;  // tag of the release that is expected; a version where none is called so
    std::string expected_by;  // "declared", "asked for", "newest release"
    DeployedVerdict verdict = DeployedVerdict::unchecked;
    std::vector<RunningImage> running;  // those that are right last
    std::string reason;                 // why it is not in lockstep
    std::string hint;
};

struct JudgedWorkload {
    std::string name_space, kind, name;
    std::size_t pods = 0;                                    // that run
    std::vector<JudgedContainer> containers;                 // with images of a project
    DeployedVerdict verdict = DeployedVerdict::in_lockstep;  // the worst of them
};

struct DeployedAudit {
    const evidence::Deployed* deployed = nullptr;
    std::vector<JudgedWorkload> workloads;  // with images of a project; by namespace, kind, name
    std::size_t foreign = 0;                // workloads without one: not judged
    std::vector<std::string> assumptions;   // said to people
};

/// 0: all in lockstep or idle; 1: something is not; 3: something could not be seen, or nothing was
/// there to judge, and nothing worse was found.
int exit_status(const DeployedAudit& audit);

}  // namespace lockstep::verify
