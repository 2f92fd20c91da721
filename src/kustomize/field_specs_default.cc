#include "kustomize/field_spec.h"

namespace lockstep::kustomize {

namespace {

// kustomize 5.8.2's own, in the order it applies them.

constexpr FieldSpec image_fields[] = {
    {"", "", "", "spec/containers[]/image", true},
    {"", "", "", "spec/initContainers[]/image", true},
    {"", "", "", "spec/volumes[]/image/reference", true},
    {"", "", "", "spec/template/spec/containers[]/image", true},
    {"", "", "", "spec/template/spec/initContainers[]/image", true},
    {"", "", "", "spec/template/spec/volumes[]/image/reference", true},
    {"", "", "", "spec/jobTemplate/spec/template/spec/volumes[]/image/reference", true},
};

constexpr FieldSpec name_fields[] = {
    {"", "", "", "metadata/name", false},
};

constexpr FieldSpec namespace_fields[] = {
    {"", "", "Namespace", "metadata/name", true},
    {"apiextensions.k8s.io", "", "CustomResourceDefinition",
     "spec/conversion/webhook/clientConfig/service/namespace", false},
    {"apiregistration.k8s.io", "", "APIService", "spec/service/namespace", true},
};

constexpr FieldSpec common_label_fields[] = {
    {"", "v1", "Service", "spec/selector", true},
    {"apps", "", "Deployment",
     "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/"
     "podAffinityTerm/labelSelector/matchLabels",
     false},
    {"apps", "", "Deployment",
     "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/"
     "labelSelector/matchLabels",
     false},
    {"apps", "", "Deployment",
     "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/"
     "podAffinityTerm/labelSelector/matchLabels",
     false},
    {"apps", "", "Deployment",
     "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/"
     "labelSelector/matchLabels",
     false},
    {"apps", "", "Deployment",
     "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false},
    {"", "", "Deployment", "spec/selector/matchLabels", true},
    {"", "", "Deployment", "spec/template/metadata/labels", true},
    {"apps", "", "StatefulSet", "spec/selector/matchLabels", true},
    {"apps", "", "StatefulSet",
     "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/"
     "podAffinityTerm/labelSelector/matchLabels",
     false},
    {"apps", "", "StatefulSet",
     "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/"
     "labelSelector/matchLabels",
     false},
    {"apps", "", "StatefulSet",
     "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/"
     "podAffinityTerm/labelSelector/matchLabels",
     false},
    {"apps", "", "StatefulSet",
     "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/"
     "labelSelector/matchLabels",
     false},
    {"apps", "", "StatefulSet",
     "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels", false},
    {"apps", "", "StatefulSet", "spec/template/metadata/labels", true},
    {"apps", "", "StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels", true},
    {"batch", "", "CronJob", "spec/jobTemplate/spec/selector/matchLabels", false},
    {"batch", "", "CronJob", "spec/jobTemplate/metadata/labels", true},
    {"batch", "", "CronJob", "spec/jobTemplate/spec/template/metadata/labels", true},
    {"policy", "", "PodDisruptionBudget", "spec/selector/matchLabels", false},
    {"batch", "", "Job", "spec/selector/matchLabels", false},
    {"batch", "", "Job", "spec/template/metadata/labels", true},
    {"networking.k8s.io", "", "NetworkPolicy", "spec/podSelector/matchLabels", false},
    {"networking.k8s.io", "", "NetworkPolicy", "spec/ingress/from/podSelector/matchLabels", false},
    {"networking.k8s.io", "", "NetworkPolicy", "spec/egress/to/podSelector/matchLabels", false},
    {"", "v1", "ReplicationController", "spec/selector", true},
    {"", "v1", "ReplicationController", "spec/template/metadata/labels", true},
    {"", "", "DaemonSet", "spec/selector/matchLabels", true},
    {"", "", "DaemonSet", "spec/template/metadata/labels", true},
    {"", "", "ReplicaSet", "spec/selector/matchLabels", true},
    {"", "", "ReplicaSet", "spec/template/metadata/labels", true},
    {"", "", "", "metadata/labels", true},
};

constexpr FieldSpec template_label_fields[] = {
    {"", "", "Deployment", "spec/template/metadata/labels", true},
    {"apps", "", "StatefulSet", "spec/template/metadata/labels", true},
    {"batch", "", "CronJob", "spec/jobTemplate/metadata/labels", true},
    {"batch", "", "CronJob", "spec/jobTemplate/spec/template/metadata/labels", true},
    {"batch", "", "Job", "spec/template/metadata/labels", true},
    {"", "v1", "ReplicationController", "spec/template/metadata/labels", true},
    {"", "", "DaemonSet", "spec/template/metadata/labels", true},
    {"", "", "ReplicaSet", "spec/template/metadata/labels", true},
    {"", "", "", "metadata/labels", true},
};

constexpr FieldSpec volume_claim_template_label_fields[] = {
    {"apps", "", "StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels", true},
};

constexpr FieldSpec annotation_fields[] = {
    {"", "", "Deployment", "spec/template/metadata/annotations", true},
    {"", "", "StatefulSet", "spec/template/metadata/annotations", true},
    {"batch", "", "CronJob", "spec/jobTemplate/metadata/annotations", true},
    {"batch", "", "CronJob", "spec/jobTemplate/spec/template/metadata/annotations", true},
    {"batch", "", "Job", "spec/template/metadata/annotations", true},
    {"", "v1", "ReplicationController", "spec/template/metadata/annotations", true},
    {"", "", "DaemonSet", "spec/template/metadata/annotations", true},
    {"", "", "ReplicaSet", "spec/template/metadata/annotations", true},
    {"", "", "", "metadata/annotations", true},
};

constexpr FieldSpec replica_fields[] = {
    {"", "", "Deployment", "spec/replicas", true},
    {"", "", "StatefulSet", "spec/replicas", true},
    {"", "", "ReplicaSet", "spec/replicas", true},
    {"", "", "ReplicationController", "spec/replicas", true},
};

}  // namespace

std::span<const FieldSpec> default_image_fields() {
    return image_fields;
}
std::span<const FieldSpec> default_name_fields() {
    return name_fields;
}
std::span<const FieldSpec> default_namespace_fields() {
    return namespace_fields;
}
std::span<const FieldSpec> default_common_label_fields() {
    return common_label_fields;
}
std::span<const FieldSpec> default_template_label_fields() {
    return template_label_fields;
}
std::span<const FieldSpec> default_volume_claim_template_label_fields() {
    return volume_claim_template_label_fields;
}
std::span<const FieldSpec> default_annotation_fields() {
    return annotation_fields;
}
std::span<const FieldSpec> default_replica_fields() {
    return replica_fields;
}

}  // namespace lockstep::kustomize
