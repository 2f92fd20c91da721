#include "kustomize/field_spec.h"

namespace lockstep::kustomize {

namespace {

constexpr FieldSpec storage_class_referrers[] = {
    {"", "", "PersistentVolume", "spec/storageClassName", false},
    {"", "", "PersistentVolumeClaim", "spec/storageClassName", false},
    {"", "", "StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName", false},
};

constexpr FieldSpec service_account_referrers[] = {
    {"rbac.authorization.k8s.io", "", "RoleBinding", "subjects", false},
    {"rbac.authorization.k8s.io", "", "ClusterRoleBinding", "subjects", false},
    {"", "", "Pod", "spec/serviceAccountName", false},
    {"", "", "StatefulSet", "spec/template/spec/serviceAccountName", false},
    {"", "", "Deployment", "spec/template/spec/serviceAccountName", false},
    {"", "", "ReplicationController", "spec/template/spec/serviceAccountName", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/serviceAccountName", false},
    {"", "", "Job", "spec/template/spec/serviceAccountName", false},
    {"", "", "DaemonSet", "spec/template/spec/serviceAccountName", false},
};

constexpr FieldSpec role_referrers[] = {
    {"rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name", false},
};

constexpr FieldSpec cluster_role_referrers[] = {
    {"rbac.authorization.k8s.io", "", "RoleBinding", "roleRef/name", false},
    {"rbac.authorization.k8s.io", "", "ClusterRoleBinding", "roleRef/name", false},
};

constexpr FieldSpec config_map_referrers[] = {
    {"", "v1", "Pod", "spec/volumes/configMap/name", false},
    {"", "v1", "Pod", "spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"", "v1", "Pod", "spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"", "v1", "Pod", "spec/containers/envFrom/configMapRef/name", false},
    {"", "v1", "Pod", "spec/initContainers/envFrom/configMapRef/name", false},
    {"", "v1", "Pod", "spec/volumes/projected/sources/configMap/name", false},
    {"", "", "PodTemplate", "template/spec/volumes/configMap/name", false},
    {"", "", "PodTemplate", "template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"", "", "PodTemplate", "template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "PodTemplate", "template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "PodTemplate", "template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "PodTemplate", "template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "Deployment", "spec/template/spec/volumes/configMap/name", false},
    {"", "", "Deployment", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "Deployment", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "Deployment", "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "Deployment", "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "Deployment", "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/volumes/configMap/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "ReplicaSet", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "ReplicaSet", "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "DaemonSet", "spec/template/spec/volumes/configMap/name", false},
    {"", "", "DaemonSet", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "DaemonSet", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "DaemonSet", "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "DaemonSet", "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "DaemonSet", "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "StatefulSet", "spec/template/spec/volumes/configMap/name", false},
    {"", "", "StatefulSet", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "StatefulSet", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "StatefulSet", "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "StatefulSet", "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "StatefulSet", "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "Job", "spec/template/spec/volumes/configMap/name", false},
    {"", "", "Job", "spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"", "", "Job", "spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name", false},
    {"", "", "Job", "spec/template/spec/containers/envFrom/configMapRef/name", false},
    {"", "", "Job", "spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "Job", "spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/volumes/configMap/name", false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name", false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name", false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name",
     false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name",
     false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name", false},
    {"", "", "Node", "spec/configSource/configMap", false},
    {"", "", "Role", "rules/resourceNames", false},
    {"", "", "ClusterRole", "rules/resourceNames", false},
    {"", "", "Ingress",
     "metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap", false},
};

constexpr FieldSpec secret_referrers[] = {
    {"", "v1", "Pod", "spec/volumes/secret/secretName", false},
    {"", "v1", "Pod", "spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "v1", "Pod", "spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"", "v1", "Pod", "spec/containers/envFrom/secretRef/name", false},
    {"", "v1", "Pod", "spec/initContainers/envFrom/secretRef/name", false},
    {"", "v1", "Pod", "spec/imagePullSecrets/name", false},
    {"", "v1", "Pod", "spec/volumes/projected/sources/secret/name", false},
    {"", "", "PodTemplate", "template/spec/volumes/secret/secretName", false},
    {"", "", "PodTemplate", "template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "PodTemplate", "template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "PodTemplate", "template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "PodTemplate", "template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "PodTemplate", "template/spec/imagePullSecrets/name", false},
    {"", "", "PodTemplate", "template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "Deployment", "spec/template/spec/volumes/secret/secretName", false},
    {"", "", "Deployment", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "Deployment", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name",
     false},
    {"", "", "Deployment", "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "Deployment", "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "Deployment", "spec/template/spec/imagePullSecrets/name", false},
    {"", "", "Deployment", "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/volumes/secret/secretName", false},
    {"", "", "ReplicaSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name",
     false},
    {"", "", "ReplicaSet", "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/imagePullSecrets/name", false},
    {"", "", "ReplicaSet", "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "DaemonSet", "spec/template/spec/volumes/secret/secretName", false},
    {"", "", "DaemonSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "DaemonSet", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name",
     false},
    {"", "", "DaemonSet", "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "DaemonSet", "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "DaemonSet", "spec/template/spec/imagePullSecrets/name", false},
    {"", "", "DaemonSet", "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "StatefulSet", "spec/template/spec/volumes/secret/secretName", false},
    {"", "", "StatefulSet", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "StatefulSet", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name",
     false},
    {"", "", "StatefulSet", "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "StatefulSet", "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "StatefulSet", "spec/template/spec/imagePullSecrets/name", false},
    {"", "", "StatefulSet", "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "Job", "spec/template/spec/volumes/secret/secretName", false},
    {"", "", "Job", "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "Job", "spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "Job", "spec/template/spec/containers/envFrom/secretRef/name", false},
    {"", "", "Job", "spec/template/spec/initContainers/envFrom/secretRef/name", false},
    {"", "", "Job", "spec/template/spec/imagePullSecrets/name", false},
    {"", "", "Job", "spec/template/spec/volumes/projected/sources/secret/name", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/volumes/secret/secretName", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name",
     false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name",
     false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name",
     false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/imagePullSecrets/name", false},
    {"", "", "Ingress", "spec/tls/secretName", false},
    {"", "", "Ingress", "metadata/annotations/ingress.kubernetes.io\\/auth-secret", false},
    {"", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret", false},
    {"", "", "Ingress", "metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret",
     false},
    {"", "", "Ingress", "spec/tls/secretName", false},
    {"", "", "ServiceAccount", "imagePullSecrets/name", false},
    {"", "", "StorageClass", "parameters/secretName", false},
    {"", "", "StorageClass", "parameters/adminSecretName", false},
    {"", "", "StorageClass", "parameters/userSecretName", false},
    {"", "", "StorageClass", "parameters/secretRef", false},
    {"", "", "Role", "rules/resourceNames", false},
    {"", "", "ClusterRole", "rules/resourceNames", false},
    {"serving.knative.dev", "v1", "Service",
     "spec/template/spec/containers/env/valueFrom/secretKeyRef/name", false},
    {"", "", "PersistentVolume", "spec/azureFile/secretName", false},
};

constexpr FieldSpec service_referrers[] = {
    {"apps", "", "StatefulSet", "spec/serviceName", false},
    {"", "", "Ingress", "spec/rules/http/paths/backend/serviceName", false},
    {"", "", "Ingress", "spec/backend/serviceName", false},
    {"", "", "Ingress", "spec/rules/http/paths/backend/service/name", false},
    {"", "", "Ingress", "spec/defaultBackend/service/name", false},
    {"apiregistration.k8s.io", "", "APIService", "spec/service/name", false},
    {"admissionregistration.k8s.io", "", "ValidatingWebhookConfiguration",
     "webhooks/clientConfig/service", false},
    {"admissionregistration.k8s.io", "", "MutatingWebhookConfiguration",
     "webhooks/clientConfig/service", false},
};

constexpr FieldSpec priority_class_referrers[] = {
    {"", "", "Pod", "spec/priorityClassName", false},
    {"", "", "StatefulSet", "spec/template/spec/priorityClassName", false},
    {"", "", "Deployment", "spec/template/spec/priorityClassName", false},
    {"", "", "ReplicationController", "spec/template/spec/priorityClassName", false},
    {"", "", "CronJob", "spec/jobTemplate/spec/template/spec/priorityClassName", false},
    {"", "", "Job", "spec/template/spec/priorityClassName", false},
    {"", "", "DaemonSet", "spec/template/spec/priorityClassName", false},
};

constexpr FieldSpec persistent_volume_referrers[] = {
    {"", "", "PersistentVolumeClaim", "spec/volumeName", false},
    {"", "", "ClusterRole", "rules/resourceNames", false},
};

constexpr FieldSpec persistent_volume_claim_referrers[] = {
    {"", "", "Pod", "spec/volumes/persistentVolumeClaim/claimName", false},
    {"", "", "StatefulSet", "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"", "", "Deployment", "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"", "", "ReplicationController", "spec/template/spec/volumes/persistentVolumeClaim/claimName",
     false},
    {"", "", "CronJob",
     "spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"", "", "Job", "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
    {"", "", "DaemonSet", "spec/template/spec/volumes/persistentVolumeClaim/claimName", false},
};

constexpr FieldSpec deployment_referrers[] = {
    {"", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name", false},
};

constexpr FieldSpec stateful_set_referrers[] = {
    {"", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name", false},
};

constexpr FieldSpec validating_admission_policy_referrers[] = {
    {"admissionregistration.k8s.io", "", "ValidatingAdmissionPolicyBinding", "spec/policyName",
     false},
};

constexpr FieldSpec ingress_class_referrers[] = {
    {"", "", "Ingress", "spec/ingressClassName", false},
};

constexpr FieldSpec replica_set_referrers[] = {
    {"", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name", false},
};

constexpr FieldSpec replication_controller_referrers[] = {
    {"", "", "HorizontalPodAutoscaler", "spec/scaleTargetRef/name", false},
};

// In the order kustomize 5.8.2 applies them: a reference that one target changed is what the next
// one sees.
constexpr NameReferenceSpec name_references[] = {
    {{"storage.k8s.io", "v1", "StorageClass", "", false}, storage_class_referrers},
    {{"", "v1", "ServiceAccount", "", false}, service_account_referrers},
    {{"rbac.authorization.k8s.io", "", "Role", "", false}, role_referrers},
    {{"rbac.authorization.k8s.io", "", "ClusterRole", "", false}, cluster_role_referrers},
    {{"", "v1", "ConfigMap", "", false}, config_map_referrers},
    {{"", "v1", "Secret", "", false}, secret_referrers},
    {{"", "v1", "Service", "", false}, service_referrers},
    {{"scheduling.k8s.io", "v1", "PriorityClass", "", false}, priority_class_referrers},
    {{"", "v1", "PersistentVolume", "", false}, persistent_volume_referrers},
    {{"", "v1", "PersistentVolumeClaim", "", false}, persistent_volume_claim_referrers},
    {{"", "", "Deployment", "", false}, deployment_referrers},
    {{"", "", "StatefulSet", "", false}, stateful_set_referrers},
    {{"admissionregistration.k8s.io", "", "ValidatingAdmissionPolicy", "", false},
     validating_admission_policy_referrers},
    {{"networking.k8s.io/v1", "v1", "IngressClass", "", false}, ingress_class_referrers},
    {{"", "", "ReplicaSet", "", false}, replica_set_referrers},
    {{"", "", "ReplicationController", "", false}, replication_controller_referrers},
};

}  // namespace

std::span<const NameReferenceSpec> default_name_references() {
    return name_references;
}

}  // namespace lockstep::kustomize
