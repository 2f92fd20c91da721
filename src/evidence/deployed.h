#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lockstep::evidence {

enum class ContainerKind : std::uint8_t { init, regular, ephemeral };

/// A container of a pod template: what was declared.
struct DeclaredContainer {
    ContainerKind kind = ContainerKind::regular;
    std::string name, image;

    bool operator==(const DeclaredContainer&) const = default;
};

/// A container of a pod: what was asked for, and what runs.
struct SeenContainer {
    ContainerKind kind = ContainerKind::regular;
    std::string name, image;
    /// `imageID` of its status, as the runtime wrote it; empty: not pulled yet, or nobody says.
    std::string image_id;

    bool operator==(const SeenContainer&) const = default;
};

/// What manages an object: its controller.
struct Controller {
    std::string kind, name;  // "ReplicaSet", "app-59fbb4bdbc"; empty: none

    bool operator==(const Controller&) const = default;
};

struct SeenPod {
    std::string name_space, name;
    Controller controller;
    std::string revision;    // pod-template-hash or controller-revision-hash; empty: none
    bool has_ended = false;  // Succeeded or Failed: its containers run no more
    std::vector<SeenContainer> containers;

    bool operator==(const SeenPod&) const = default;
};

struct SeenWorkload {
    std::string name_space;
    std::string kind, name;  // "Deployment", "descheduler"
    Controller controller;
    std::optional<std::int64_t> pods;  // that it wants to have; nothing where that is not said
    std::vector<DeclaredContainer> containers;

    bool operator==(const SeenWorkload&) const = default;
};

/// A kind of objects that could not be read, whole or in one namespace.
struct UnreadObjects {
    std::string what;    // "pods in namespace `kube-system`"
    std::string reason;  // for people
    std::string hint;

    bool operator==(const UnreadObjects&) const = default;
};

/// What was seen of a cluster.
struct Deployed {
    std::string server;   // "https://10.0.0.1:6443"
    std::string context;  // of the kubeconfig; empty inside of a cluster
    std::vector<SeenWorkload> workloads;
    std::vector<SeenPod> pods;
    std::vector<UnreadObjects> unread;
};

}  // namespace lockstep::evidence
