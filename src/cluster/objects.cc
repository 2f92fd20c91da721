#include "cluster/objects.h"

#include <initializer_list>
#include <string>

namespace lockstep::cluster {

namespace {

using evidence::ContainerKind;
using json::Value;
using json::Wanted;

Wanted named(std::string_view name, std::initializer_list<std::string_view> members) {
    Wanted wanted{.name = name};
    for (const std::string_view member : members) wanted.members.push_back({.name = member});
    return wanted;
}

Wanted metadata() {
    return {.name = "metadata",
            .members = {{.name = "name"},
                        {.name = "namespace"},
                        named("labels", {"pod-template-hash", "controller-revision-hash"}),
                        named("ownerReferences", {"kind", "name", "controller"})}};
}

/// The containers of a pod's spec.
std::vector<Wanted> containers() {
    return {named("containers", {"name", "image"}), named("initContainers", {"name", "image"}),
            named("ephemeralContainers", {"name", "image"})};
}

Wanted pod_template() {
    return {.name = "template", .members = {{.name = "spec", .members = containers()}}};
}

struct Group {
    ContainerKind kind;
    std::string_view spec, status;
};
constexpr Group groups[] = {
    {ContainerKind::init, "initContainers", "initContainerStatuses"},
    {ContainerKind::regular, "containers", "containerStatuses"},
    {ContainerKind::ephemeral, "ephemeralContainers", "ephemeralContainerStatuses"},
};

const json::Array& items(const Value* object, std::string_view key) {
    static const json::Array none;
    const Value* const found = object == nullptr ? nullptr : object->find(key);
    const json::Array* const array = found == nullptr ? nullptr : found->as<json::Array>();
    return array == nullptr ? none : *array;
}

const Value* at(const Value* object, std::string_view key) {
    return object == nullptr ? nullptr : object->find(key);
}

std::string text(const Value* object, std::string_view key) {
    return object == nullptr ? std::string() : std::string(object->text(key));
}

std::optional<std::int64_t> number(const Value* object, std::string_view key) {
    const Value* const found = at(object, key);
    const std::int64_t* const value = found == nullptr ? nullptr : found->as<std::int64_t>();
    return value == nullptr ? std::nullopt : std::optional(*value);
}

evidence::Controller controller_of(const Value* metadata) {
    for (const Value& owner : items(metadata, "ownerReferences")) {
        const Value* const is_controller = owner.find("controller");
        const bool* const flag = is_controller == nullptr ? nullptr : is_controller->as<bool>();
        if (flag != nullptr && *flag)
            return {std::string(owner.text("kind")), std::string(owner.text("name"))};
    }
    return {};
}

std::string image_id_of(const Value* status, const Group& group, std::string_view name) {
    for (const Value& one : items(status, group.status))
        if (one.text("name") == name) return std::string(one.text("imageID"));
    return {};
}

std::vector<evidence::DeclaredContainer> declared_by(const Value* spec) {
    std::vector<evidence::DeclaredContainer> declared;
    for (const Group& group : groups)
        for (const Value& container : items(spec, group.spec))
            declared.push_back({group.kind, std::string(container.text("name")),
                                std::string(container.text("image"))});
    return declared;
}

/// How many pods a workload wants, where it says so.
std::optional<std::int64_t> pods_of(std::string_view kind, const Value& object) {
    if (kind == "DaemonSet") return number(object.find("status"), "desiredNumberScheduled");
    if (kind == "Job" || kind == "CronJob") return std::nullopt;
    return number(object.find("spec"), "replicas").value_or(1);
}

}  // namespace

const Wanted& wanted_of_pods() {
    static const Wanted wanted = {
        .members = {metadata(),
                    {.name = "spec", .members = containers()},
                    {.name = "status",
                     .members = {{.name = "phase"},
                                 named("containerStatuses", {"name", "imageID"}),
                                 named("initContainerStatuses", {"name", "imageID"}),
                                 named("ephemeralContainerStatuses", {"name", "imageID"})}}}};
    return wanted;
}

const Wanted& wanted_of_workloads() {
    static const Wanted wanted = {
        .members = {metadata(),
                    {.name = "spec",
                     .members = {{.name = "replicas"},
                                 pod_template(),
                                 {.name = "jobTemplate",
                                  .members = {{.name = "spec", .members = {pod_template()}}}}}},
                    named("status", {"desiredNumberScheduled"})}};
    return wanted;
}

evidence::SeenPod pod_of(const Value& object) {
    const Value* const metadata = object.find("metadata");
    const Value* const status = object.find("status");
    evidence::SeenPod pod;
    pod.name_space = text(metadata, "namespace");
    pod.name = text(metadata, "name");
    pod.controller = controller_of(metadata);
    const Value* const labels = at(metadata, "labels");
    pod.revision = text(labels, "pod-template-hash");
    if (pod.revision.empty()) pod.revision = text(labels, "controller-revision-hash");
    const std::string phase = text(status, "phase");
    pod.has_ended = phase == "Succeeded" || phase == "Failed";
    for (const Group& group : groups)
        for (const Value& container : items(object.find("spec"), group.spec))
            pod.containers.push_back(
                {.kind = group.kind,
                 .name = std::string(container.text("name")),
                 .image = std::string(container.text("image")),
                 .image_id = image_id_of(status, group, container.text("name"))});
    return pod;
}

evidence::SeenWorkload workload_of(std::string_view kind, const Value& object) {
    const Value* const metadata = object.find("metadata");
    const Value* spec = object.find("spec");
    evidence::SeenWorkload workload;
    workload.name_space = text(metadata, "namespace");
    workload.kind = kind;
    workload.name = text(metadata, "name");
    workload.controller = controller_of(metadata);
    workload.pods = pods_of(kind, object);
    if (kind == "CronJob") spec = at(at(spec, "jobTemplate"), "spec");
    workload.containers = declared_by(at(at(spec, "template"), "spec"));
    return workload;
}

}  // namespace lockstep::cluster
