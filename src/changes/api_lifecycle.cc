#include "changes/api_lifecycle.h"

#include <algorithm>
#include <iterator>

namespace lockstep::changes {

namespace {

constexpr std::string_view admission_1 = "admissionregistration.k8s.io/v1";
constexpr std::string_view admission_beta = "admissionregistration.k8s.io/v1beta1";
constexpr std::string_view access_1 = "rbac.authorization.k8s.io/v1";
constexpr std::string_view access_beta = "rbac.authorization.k8s.io/v1beta1";
constexpr std::string_view review_1 = "authorization.k8s.io/v1";
constexpr std::string_view review_beta = "authorization.k8s.io/v1beta1";
constexpr std::string_view flow_1 = "flowcontrol.apiserver.k8s.io/v1";
constexpr std::string_view flow_beta1 = "flowcontrol.apiserver.k8s.io/v1beta1";
constexpr std::string_view flow_beta2 = "flowcontrol.apiserver.k8s.io/v1beta2";
constexpr std::string_view flow_beta3 = "flowcontrol.apiserver.k8s.io/v1beta3";
constexpr std::string_view storage_1 = "storage.k8s.io/v1";
constexpr std::string_view storage_beta = "storage.k8s.io/v1beta1";
constexpr std::string_view network_1 = "networking.k8s.io/v1";
constexpr std::string_view network_beta = "networking.k8s.io/v1beta1";
constexpr std::string_view scaling_2 = "autoscaling/v2";
constexpr std::string_view level = "PriorityLevelConfiguration";

// The deprecation guide (api_lifecycle_source), release by release.
constexpr ApiLifecycle rows[] = {
    {flow_beta3, "FlowSchema", {1, 32}, flow_1, {1, 29}},
    {flow_beta3, level, {1, 32}, flow_1, {1, 29}},
    {flow_beta2, "FlowSchema", {1, 29}, flow_1, {1, 29}},
    {flow_beta2, level, {1, 29}, flow_1, {1, 29}},
    {storage_beta, "CSIStorageCapacity", {1, 27}, storage_1, {1, 24}},
    {flow_beta1, "FlowSchema", {1, 26}, flow_beta2, {1, 23}},
    {flow_beta1, level, {1, 26}, flow_beta2, {1, 23}},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", {1, 26}, scaling_2, {1, 23}},
    {"batch/v1beta1", "CronJob", {1, 25}, "batch/v1", {1, 21}},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", {1, 25}, "discovery.k8s.io/v1", {1, 21}},
    {"events.k8s.io/v1beta1", "Event", {1, 25}, "events.k8s.io/v1", {1, 19}},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", {1, 25}, scaling_2, {1, 23}},
    {"policy/v1beta1", "PodDisruptionBudget", {1, 25}, "policy/v1", {1, 21}},
    {"policy/v1beta1", "PodSecurityPolicy", {1, 25}, "", {1, 21}},
    {"node.k8s.io/v1beta1", "RuntimeClass", {1, 25}, "node.k8s.io/v1", {1, 20}},
    {admission_beta, "MutatingWebhookConfiguration", {1, 22}, admission_1, {1, 16}},
    {admission_beta, "ValidatingWebhookConfiguration", {1, 22}, admission_1, {1, 16}},
    {"apiextensions.k8s.io/v1beta1",
     "CustomResourceDefinition",
     {1, 22},
     "apiextensions.k8s.io/v1",
     {1, 16}},
    {"apiregistration.k8s.io/v1beta1", "APIService", {1, 22}, "apiregistration.k8s.io/v1", {1, 10}},
    {"authentication.k8s.io/v1beta1", "TokenReview", {1, 22}, "authentication.k8s.io/v1", {1, 6}},
    {review_beta, "LocalSubjectAccessReview", {1, 22}, review_1, {1, 6}},
    {review_beta, "SelfSubjectAccessReview", {1, 22}, review_1, {1, 6}},
    {review_beta, "SubjectAccessReview", {1, 22}, review_1, {1, 6}},
    {"certificates.k8s.io/v1beta1",
     "CertificateSigningRequest",
     {1, 22},
     "certificates.k8s.io/v1",
     {1, 19}},
    {"coordination.k8s.io/v1beta1", "Lease", {1, 22}, "coordination.k8s.io/v1", {1, 14}},
    {"extensions/v1beta1", "Ingress", {1, 22}, network_1, {1, 19}},
    {network_beta, "Ingress", {1, 22}, network_1, {1, 19}},
    {network_beta, "IngressClass", {1, 22}, network_1, {1, 19}},
    {access_beta, "ClusterRole", {1, 22}, access_1, {1, 8}},
    {access_beta, "ClusterRoleBinding", {1, 22}, access_1, {1, 8}},
    {access_beta, "Role", {1, 22}, access_1, {1, 8}},
    {access_beta, "RoleBinding", {1, 22}, access_1, {1, 8}},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", {1, 22}, "scheduling.k8s.io/v1", {1, 14}},
    {storage_beta, "CSIDriver", {1, 22}, storage_1, {1, 19}},
    {storage_beta, "CSINode", {1, 22}, storage_1, {1, 17}},
    {storage_beta, "StorageClass", {1, 22}, storage_1, {1, 6}},
    {storage_beta, "VolumeAttachment", {1, 22}, storage_1, {1, 13}},
    {"extensions/v1beta1", "NetworkPolicy", {1, 16}, network_1, {1, 8}},
    {"extensions/v1beta1", "PodSecurityPolicy", {1, 16}, "policy/v1beta1", {1, 10}},
    {"extensions/v1beta1", "DaemonSet", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta2", "DaemonSet", {1, 16}, "apps/v1", {1, 9}},
    {"extensions/v1beta1", "Deployment", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta1", "Deployment", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta2", "Deployment", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta1", "StatefulSet", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta2", "StatefulSet", {1, 16}, "apps/v1", {1, 9}},
    {"extensions/v1beta1", "ReplicaSet", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta1", "ReplicaSet", {1, 16}, "apps/v1", {1, 9}},
    {"apps/v1beta2", "ReplicaSet", {1, 16}, "apps/v1", {1, 9}},
};

template <typename Matches>
const ApiLifecycle* find(Matches&& matches) {
    const auto* const found = std::ranges::find_if(rows, matches);
    return found == std::end(rows) ? nullptr : found;
}

}  // namespace

const ApiLifecycle* lifecycle_of(const Identity& identity) {
    const std::string api_version = identity.api_version();
    return find([&](const ApiLifecycle& row) {
        return row.kind == identity.kind && row.api_version == api_version;
    });
}

const ApiLifecycle* predecessor_of(const Identity& identity) {
    const std::string api_version = identity.api_version();
    return find([&](const ApiLifecycle& row) {
        return row.kind == identity.kind && row.successor == api_version;
    });
}

}  // namespace lockstep::changes
