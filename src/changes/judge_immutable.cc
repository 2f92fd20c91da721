#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "changes/judging.h"
#include "changes/quantity.h"

// What the API server refuses to change: validation.go of the API groups in kubernetes/kubernetes,
// at 1.33. `kubectl apply` of such an object fails, and the rest of its set is applied all the
// same.
namespace lockstep::changes {

namespace {

using Fields = std::vector<std::string_view>;

struct Immutable {
    std::string_view group, kind;
    Fields fields;
};

const std::vector<Immutable>& table() {
    static const std::vector<Immutable> rows = {
        {"apps", "Deployment", {"spec", "selector"}},
        {"apps", "DaemonSet", {"spec", "selector"}},
        {"apps", "ReplicaSet", {"spec", "selector"}},
        {"batch", "Job", {"spec", "selector"}},
        {"batch", "Job", {"spec", "template"}},
        {"batch", "Job", {"spec", "completionMode"}},
        {"batch", "Job", {"spec", "podFailurePolicy"}},
        {"batch", "Job", {"spec", "backoffLimitPerIndex"}},
        {"batch", "Job", {"spec", "successPolicy"}},
        {"batch", "Job", {"spec", "managedBy"}},
        {"rbac.authorization.k8s.io", "RoleBinding", {"roleRef"}},
        {"rbac.authorization.k8s.io", "ClusterRoleBinding", {"roleRef"}},
        {"", "Secret", {"type"}},
        {"", "Service", {"spec", "loadBalancerClass"}},
        {"storage.k8s.io", "StorageClass", {"provisioner"}},
        {"storage.k8s.io", "StorageClass", {"parameters"}},
        {"storage.k8s.io", "StorageClass", {"reclaimPolicy"}},
        {"storage.k8s.io", "StorageClass", {"volumeBindingMode"}},
        {"storage.k8s.io", "CSIDriver", {"spec", "attachRequired"}},
        {"storage.k8s.io", "CSIDriver", {"spec", "volumeLifecycleModes"}},
        {"networking.k8s.io", "IngressClass", {"spec", "controller"}},
        {"scheduling.k8s.io", "PriorityClass", {"value"}},
        {"scheduling.k8s.io", "PriorityClass", {"preemptionPolicy"}},
        {"node.k8s.io", "RuntimeClass", {"handler"}},
        {"discovery.k8s.io", "EndpointSlice", {"addressType"}},
        {"apiextensions.k8s.io", "CustomResourceDefinition", {"spec", "group"}},
        {"apiextensions.k8s.io", "CustomResourceDefinition", {"spec", "scope"}},
        {"apiextensions.k8s.io", "CustomResourceDefinition", {"spec", "names", "kind"}},
    };
    return rows;
}

std::string article_of(std::string_view noun) {
    constexpr std::string_view vowels = "AEIO";
    return (vowels.find(noun.front()) == std::string_view::npos ? "a " : "an ") + std::string(noun);
}

std::string dotted(const Fields& fields) {
    std::string text;
    for (const std::string_view field : fields) text.append(text.empty() ? "" : ".").append(field);
    return text;
}

std::string refused(const Judging& judging, const std::string& what) {
    return "the API server refuses a change of `" + what + "` of " + article_of(judging.id().kind) +
           ", so applying it fails";
}

/// "kubectl delete job descheduler-job -n kube-system"
std::string deletion(const Judging& judging) {
    std::string kind = judging.id().kind;
    std::ranges::transform(kind, kind.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    std::string text = "kubectl delete " + kind + ' ' + judging.object().before_id.name;
    if (const std::string& space = judging.object().before_id.space; !space.empty())
        text += " -n " + space;
    return text;
}

std::string advice_for(const Judging& judging) {
    const std::string& kind = judging.id().kind;
    if (kind == "Job") return '`' + deletion(judging) + "` first, where the old one is still there";
    if (kind == "Deployment" || kind == "DaemonSet" || kind == "ReplicaSet")
        return '`' + deletion(judging) + "` and apply again: its pods are stopped meanwhile";
    if (kind == "StatefulSet")
        return '`' + deletion(judging) + " --cascade=orphan` and apply again: pods and claims stay";
    if (kind == "PersistentVolumeClaim")
        return "make a new claim and copy the data: deleting this one may delete them";
    return '`' + deletion(judging) + "` and apply again";
}

void add_immutable(Judging& judging, const FieldChange& field, const std::string& what) {
    judging.add(Rule::immutable_field, field, refused(judging, what), advice_for(judging));
}

/// Where a Job that waits may be told to run: only until it first starts.
bool is_directive_of_suspended(const Judging& judging, const FieldChange& field) {
    const yaml::Node* const suspended = judging.object().before->at("spec", "suspend");
    if (suspended == nullptr || suspended->text != "true") return false;
    const Fields pod = {"spec", "template", "spec"};
    for (const std::string_view name :
         {"nodeSelector", "affinity", "tolerations", "schedulingGates"})
        if (begins_with(field.path, {pod[0], pod[1], pod[2], name})) return true;
    return begins_with(field.path, {"spec", "template", "metadata", "labels"}) ||
           begins_with(field.path, {"spec", "template", "metadata", "annotations"});
}

void judge_table(Judging& judging, const FieldChange& field) {
    for (const Immutable& row : table()) {
        if (!judging.is(row.group, row.kind) || !begins_with(field.path, row.fields)) continue;
        if (row.kind == "Job" && is_directive_of_suspended(judging, field))
            judging.add(Rule::immutable_once_started, field,
                        "a suspended Job takes this only if it has never started");
        else
            add_immutable(judging, field, dotted(row.fields));
    }
}

/// Of a Job that counts its pods by index, completions may follow parallelism.
void judge_completions(Judging& judging, const FieldChange& field) {
    if (!judging.is("batch", "Job") || fields_of(field.path) != "spec.completions") return;
    const auto text_at = [](const yaml::Node* object, std::string_view name) {
        const yaml::Node* const spec = object->find("spec");
        return spec == nullptr ? std::string_view() : spec->text_of(name);
    };
    const bool is_elastic = text_at(judging.object().after, "completionMode") == "Indexed" &&
                            text_at(judging.object().after, "completions") ==
                                text_at(judging.object().after, "parallelism");
    if (!is_elastic) add_immutable(judging, field, "spec.completions");
}

void judge_stateful_set(Judging& judging, const FieldChange& field) {
    if (!judging.is("apps", "StatefulSet") || !begins_with(field.path, {"spec"})) return;
    constexpr std::array<std::string_view, 6> mutable_fields = {
        "replicas",       "ordinals",        "template",
        "updateStrategy", "minReadySeconds", "persistentVolumeClaimRetentionPolicy"};
    const std::string_view name = field.path.size() < 2 ? std::string_view() : field.path[1].text;
    if (std::ranges::find(mutable_fields, name) != mutable_fields.end()) return;
    if (name != "revisionHistoryLimit")
        return add_immutable(judging, field, "spec." + std::string(name));
    constexpr KubernetesVersion allows{1, 33};
    if (!judging.target())
        judging.add(Rule::immutable_in_older, field,
                    "before Kubernetes 1.33 the API server refuses this change of a StatefulSet");
    else if (*judging.target() < allows)
        add_immutable(judging, field, "spec.revisionHistoryLimit");
}

void judge_service(Judging& judging, const FieldChange& field) {
    if (!judging.is("", "Service")) return;
    const std::string name = fields_of(field.path);
    if (name == "spec.clusterIP" || name == "spec.clusterIPs") {
        const yaml::Node* const type = judging.object().before->at("spec", "type");
        const bool had_none = type != nullptr && type->text == "ExternalName";
        if (field.kind == FieldChange::Kind::removed)
            judging.add(Rule::address_kept, field,
                        "the Service keeps the address that it has: applying this changes nothing",
                        '`' + deletion(judging) + "` and apply again to get another one");
        else if (!had_none)
            add_immutable(judging, field, name);
    }
    const bool is_first = name == "spec.ipFamilies" &&
                          field.path.back().kind == Step::Kind::index &&
                          field.path.back().from == 0 && field.kind != FieldChange::Kind::added;
    if (is_first) add_immutable(judging, field, "spec.ipFamilies (its first)");
}

std::optional<double> size_of(const yaml::Node* value) {
    return value == nullptr || !value->is_scalar() ? std::nullopt : parse_quantity(value->text);
}

void judge_claim(Judging& judging, const FieldChange& field) {
    if (!judging.is("", "PersistentVolumeClaim") || !begins_with(field.path, {"spec"})) return;
    if (begins_with(field.path, {"spec", "volumeAttributesClassName"})) return;
    if (!begins_with(field.path, {"spec", "resources", "requests"}))
        return add_immutable(judging, field, fields_of(field.path));
    const auto before = size_of(field.before), after = size_of(field.after);
    if (before && after && *after < *before)
        return judging.add(Rule::immutable_field, field,
                           "a claim cannot shrink: the API server refuses it, so applying it fails",
                           advice_for(judging));
    judging.add(Rule::claim_resized, field,
                "a claim can grow where its StorageClass allows that, and never shrink");
}

void judge_volume(Judging& judging, const FieldChange& field) {
    if (!judging.is("", "PersistentVolume") || field.path.size() < 2 ||
        !field.path[0].is_field("spec"))
        return;
    constexpr std::array<std::string_view, 7> mutable_fields = {"capacity",
                                                                "accessModes",
                                                                "claimRef",
                                                                "persistentVolumeReclaimPolicy",
                                                                "storageClassName",
                                                                "mountOptions",
                                                                "volumeAttributesClassName"};
    const std::string_view name = field.path[1].text;
    if (std::ranges::find(mutable_fields, name) == mutable_fields.end())
        add_immutable(judging, field, "spec." + std::string(name));
}

void judge_pod(Judging& judging, const FieldChange& field) {
    if (!judging.is("", "Pod") || !begins_with(field.path, {"spec"})) return;
    const std::string name = fields_of(field.path);
    constexpr std::array<std::string_view, 4> mutable_fields = {
        "spec.containers.image", "spec.initContainers.image", "spec.activeDeadlineSeconds",
        "spec.terminationGracePeriodSeconds"};
    const bool adds_toleration =
        name == "spec.tolerations" && field.kind == FieldChange::Kind::added;
    if (std::ranges::find(mutable_fields, name) == mutable_fields.end() && !adds_toleration)
        add_immutable(judging, field, name);
}

void judge_sealed(Judging& judging, const FieldChange& field) {
    if (!judging.is("", "ConfigMap") && !judging.is("", "Secret")) return;
    if (judging.object().is_renamed() || judging.object().before->text_of("immutable") != "true")
        return;
    const std::string_view name = field.path.empty() ? std::string_view() : field.path[0].text;
    for (const std::string_view sealed : {"data", "binaryData", "stringData", "immutable"})
        if (name == sealed)
            judging.add(
                Rule::immutable_field, field,
                "it is `immutable: true`, so that the API server refuses any change of it",
                '`' + deletion(judging) + "` and apply again, or give the new one another name");
}

}  // namespace

void judge_immutable(Judging& judging) {
    if (judging.object().kind != ObjectChange::Kind::changed) return;
    for (const FieldChange& field : judging.object().fields) {
        judge_table(judging, field);
        judge_completions(judging, field);
        judge_stateful_set(judging, field);
        judge_service(judging, field);
        judge_claim(judging, field);
        judge_volume(judging, field);
        judge_pod(judging, field);
        judge_sealed(judging, field);
    }
}

}  // namespace lockstep::changes
