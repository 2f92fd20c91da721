#include "kustomize/merge_keys.h"

namespace lockstep::kustomize {

namespace {

// Kubernetes 1.21, as kustomize 5.8.2 carries it: the lists with the patch strategy `merge`, and on
// the way to them all else as `nothing_merges`.

constexpr Schema nothing_merges = {{}, &nothing_merges, &nothing_merges, false, {}};

using Keys = std::span<const std::string_view>;

constexpr Schema object_of(std::span<const Schema::Field> fields) {
    return {fields, &nothing_merges, &nothing_merges, false, {}};
}
constexpr Schema list_of(const Schema& element) {
    return {{}, &nothing_merges, &element, false, {}};
}
constexpr Schema merged(Keys keys, const Schema& element) {
    return {{}, &nothing_merges, &element, true, keys};
}

constexpr Schema set_of_scalars = merged({}, nothing_merges);
constexpr std::string_view by_uid[] = {"uid"};
constexpr Schema list_by_uid = merged(by_uid, nothing_merges);
constexpr Schema::Field metadata_fields[] = {{"finalizers", &set_of_scalars},
                                             {"ownerReferences", &list_by_uid}};
constexpr Schema metadata = object_of(metadata_fields);
constexpr std::string_view by_type[] = {"type"};
constexpr Schema list_by_type = merged(by_type, nothing_merges);
constexpr Schema::Field status_fields[] = {{"conditions", &list_by_type}};
constexpr Schema status = object_of(status_fields);
constexpr Schema::Field of_api_service_fields[] = {{"metadata", &metadata}, {"status", &status}};
constexpr Schema of_api_service = object_of(of_api_service_fields);
constexpr Schema::Field of_binding_fields[] = {{"metadata", &metadata}};
constexpr Schema of_binding = object_of(of_binding_fields);
constexpr std::string_view by_name[] = {"name"};
constexpr Schema list_by_name = merged(by_name, nothing_merges);
constexpr Schema::Field csi_node_spec_fields[] = {{"drivers", &list_by_name}};
constexpr Schema csi_node_spec = object_of(csi_node_spec_fields);
constexpr Schema::Field of_csi_node_fields[] = {{"metadata", &metadata}, {"spec", &csi_node_spec}};
constexpr Schema of_csi_node = object_of(of_csi_node_fields);
constexpr Schema::Field of_component_status_fields[] = {{"conditions", &list_by_type},
                                                        {"metadata", &metadata}};
constexpr Schema of_component_status = object_of(of_component_status_fields);
constexpr std::string_view by_container_port_protocol[] = {"containerPort", "protocol"};
constexpr Schema list_by_container_port_protocol =
    merged(by_container_port_protocol, nothing_merges);
constexpr std::string_view by_device_path[] = {"devicePath"};
constexpr Schema list_by_device_path = merged(by_device_path, nothing_merges);
constexpr std::string_view by_mount_path[] = {"mountPath"};
constexpr Schema list_by_mount_path = merged(by_mount_path, nothing_merges);
constexpr Schema::Field containers_element_fields[] = {{"env", &list_by_name},
                                                       {"ports", &list_by_container_port_protocol},
                                                       {"volumeDevices", &list_by_device_path},
                                                       {"volumeMounts", &list_by_mount_path}};
constexpr Schema containers_element = object_of(containers_element_fields);
constexpr Schema containers = merged(by_name, containers_element);
constexpr Schema::Field ephemeral_containers_element_fields[] = {
    {"env", &list_by_name},
    {"volumeDevices", &list_by_device_path},
    {"volumeMounts", &list_by_mount_path}};
constexpr Schema ephemeral_containers_element = object_of(ephemeral_containers_element_fields);
constexpr Schema ephemeral_containers = merged(by_name, ephemeral_containers_element);
constexpr std::string_view by_ip[] = {"ip"};
constexpr Schema list_by_ip = merged(by_ip, nothing_merges);
constexpr std::string_view by_topology_key_when_unsatisfiable[] = {"topologyKey",
                                                                   "whenUnsatisfiable"};
constexpr Schema list_by_topology_key_when_unsatisfiable =
    merged(by_topology_key_when_unsatisfiable, nothing_merges);
constexpr Schema::Field ephemeral_fields[] = {{"volumeClaimTemplate", &of_binding}};
constexpr Schema ephemeral = object_of(ephemeral_fields);
constexpr Schema::Field volumes_element_fields[] = {{"ephemeral", &ephemeral}};
constexpr Schema volumes_element = object_of(volumes_element_fields);
constexpr Schema volumes = merged(by_name, volumes_element);
constexpr Schema::Field pod_spec_fields[] = {
    {"containers", &containers},
    {"ephemeralContainers", &ephemeral_containers},
    {"hostAliases", &list_by_ip},
    {"imagePullSecrets", &list_by_name},
    {"initContainers", &containers},
    {"topologySpreadConstraints", &list_by_topology_key_when_unsatisfiable},
    {"volumes", &volumes}};
constexpr Schema pod_spec = object_of(pod_spec_fields);
constexpr Schema::Field pod_template_fields[] = {{"metadata", &metadata}, {"spec", &pod_spec}};
constexpr Schema pod_template = object_of(pod_template_fields);
constexpr Schema::Field workload_spec_fields[] = {{"template", &pod_template}};
constexpr Schema workload_spec = object_of(workload_spec_fields);
constexpr Schema::Field job_template_fields[] = {{"metadata", &metadata}, {"spec", &workload_spec}};
constexpr Schema job_template = object_of(job_template_fields);
constexpr Schema::Field cron_job_spec_fields[] = {{"jobTemplate", &job_template}};
constexpr Schema cron_job_spec = object_of(cron_job_spec_fields);
constexpr Schema::Field of_cron_job_fields[] = {{"metadata", &metadata}, {"spec", &cron_job_spec}};
constexpr Schema of_cron_job = object_of(of_cron_job_fields);
constexpr Schema::Field of_daemon_set_fields[] = {
    {"metadata", &metadata}, {"spec", &workload_spec}, {"status", &status}};
constexpr Schema of_daemon_set = object_of(of_daemon_set_fields);
constexpr Schema::Field of_mutating_webhook_configuration_fields[] = {{"metadata", &metadata},
                                                                      {"webhooks", &list_by_name}};
constexpr Schema of_mutating_webhook_configuration =
    object_of(of_mutating_webhook_configuration_fields);
constexpr Schema::Field node_spec_fields[] = {{"podCIDRs", &set_of_scalars}};
constexpr Schema node_spec = object_of(node_spec_fields);
constexpr Schema::Field node_status_fields[] = {{"addresses", &list_by_type},
                                                {"conditions", &list_by_type}};
constexpr Schema node_status = object_of(node_status_fields);
constexpr Schema::Field of_node_fields[] = {
    {"metadata", &metadata}, {"spec", &node_spec}, {"status", &node_status}};
constexpr Schema of_node = object_of(of_node_fields);
constexpr Schema::Field pod_status_fields[] = {{"conditions", &list_by_type},
                                               {"podIPs", &list_by_ip}};
constexpr Schema pod_status = object_of(pod_status_fields);
constexpr Schema::Field of_pod_fields[] = {
    {"metadata", &metadata}, {"spec", &pod_spec}, {"status", &pod_status}};
constexpr Schema of_pod = object_of(of_pod_fields);
constexpr Schema::Field of_pod_template_fields[] = {{"metadata", &metadata},
                                                    {"template", &pod_template}};
constexpr Schema of_pod_template = object_of(of_pod_template_fields);
constexpr std::string_view by_port_protocol[] = {"port", "protocol"};
constexpr Schema list_by_port_protocol = merged(by_port_protocol, nothing_merges);
constexpr Schema::Field service_spec_fields[] = {{"ports", &list_by_port_protocol}};
constexpr Schema service_spec = object_of(service_spec_fields);
constexpr Schema::Field of_service_fields[] = {
    {"metadata", &metadata}, {"spec", &service_spec}, {"status", &status}};
constexpr Schema of_service = object_of(of_service_fields);
constexpr Schema::Field of_service_account_fields[] = {{"metadata", &metadata},
                                                       {"secrets", &list_by_name}};
constexpr Schema of_service_account = object_of(of_service_account_fields);
constexpr Schema volume_claim_templates = list_of(of_api_service);
constexpr Schema::Field stateful_set_spec_fields[] = {
    {"template", &pod_template}, {"volumeClaimTemplates", &volume_claim_templates}};
constexpr Schema stateful_set_spec = object_of(stateful_set_spec_fields);
constexpr Schema::Field of_stateful_set_fields[] = {
    {"metadata", &metadata}, {"spec", &stateful_set_spec}, {"status", &status}};
constexpr Schema of_stateful_set = object_of(of_stateful_set_fields);

constexpr Schemas::Type types[] = {
    {"v1", "APIGroup", &nothing_merges},
    {"v1", "APIGroupList", &nothing_merges},
    {"v1", "APIResourceList", &nothing_merges},
    {"apiregistration.k8s.io/v1", "APIService", &of_api_service},
    {"apiregistration.k8s.io/v1beta1", "APIService", &of_api_service},
    {"apiregistration.k8s.io/v1", "APIServiceList", &nothing_merges},
    {"apiregistration.k8s.io/v1beta1", "APIServiceList", &nothing_merges},
    {"v1", "APIVersions", &nothing_merges},
    {"v1", "Binding", &of_binding},
    {"storage.k8s.io/v1", "CSIDriver", &of_binding},
    {"storage.k8s.io/v1beta1", "CSIDriver", &of_binding},
    {"storage.k8s.io/v1", "CSIDriverList", &nothing_merges},
    {"storage.k8s.io/v1beta1", "CSIDriverList", &nothing_merges},
    {"storage.k8s.io/v1", "CSINode", &of_csi_node},
    {"storage.k8s.io/v1beta1", "CSINode", &of_csi_node},
    {"storage.k8s.io/v1", "CSINodeList", &nothing_merges},
    {"storage.k8s.io/v1beta1", "CSINodeList", &nothing_merges},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", &of_binding},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacityList", &nothing_merges},
    {"certificates.k8s.io/v1", "CertificateSigningRequest", &of_binding},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequest", &of_binding},
    {"certificates.k8s.io/v1", "CertificateSigningRequestList", &nothing_merges},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequestList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "ClusterRole", &of_binding},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRole", &of_binding},
    {"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", &of_binding},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding", &of_binding},
    {"rbac.authorization.k8s.io/v1", "ClusterRoleBindingList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBindingList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "ClusterRoleList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleList", &nothing_merges},
    {"v1", "ComponentStatus", &of_component_status},
    {"v1", "ComponentStatusList", &nothing_merges},
    {"v1", "ConfigMap", &of_binding},
    {"v1", "ConfigMapList", &nothing_merges},
    {"apps/v1", "ControllerRevision", &of_binding},
    {"apps/v1", "ControllerRevisionList", &nothing_merges},
    {"batch/v1", "CronJob", &of_cron_job},
    {"batch/v1beta1", "CronJob", &of_cron_job},
    {"batch/v1", "CronJobList", &nothing_merges},
    {"batch/v1beta1", "CronJobList", &nothing_merges},
    {"apiextensions.k8s.io/v1", "CustomResourceDefinition", &of_binding},
    {"apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", &of_binding},
    {"apiextensions.k8s.io/v1", "CustomResourceDefinitionList", &nothing_merges},
    {"apiextensions.k8s.io/v1beta1", "CustomResourceDefinitionList", &nothing_merges},
    {"apps/v1", "DaemonSet", &of_daemon_set},
    {"apps/v1", "DaemonSetList", &nothing_merges},
    {"admission.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"admission.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"admissionregistration.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"admissionregistration.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"apiextensions.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"apiextensions.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"apiregistration.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"apiregistration.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"apps/v1", "DeleteOptions", &nothing_merges},
    {"apps/v1beta1", "DeleteOptions", &nothing_merges},
    {"apps/v1beta2", "DeleteOptions", &nothing_merges},
    {"authentication.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"authentication.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"authorization.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"authorization.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"autoscaling/v1", "DeleteOptions", &nothing_merges},
    {"autoscaling/v2beta1", "DeleteOptions", &nothing_merges},
    {"autoscaling/v2beta2", "DeleteOptions", &nothing_merges},
    {"batch/v1", "DeleteOptions", &nothing_merges},
    {"batch/v1beta1", "DeleteOptions", &nothing_merges},
    {"certificates.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"certificates.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"coordination.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"coordination.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"discovery.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"discovery.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"events.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"events.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"extensions/v1beta1", "DeleteOptions", &nothing_merges},
    {"flowcontrol.apiserver.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"imagepolicy.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"internal.apiserver.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"networking.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"networking.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"node.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"node.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"node.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"policy/v1", "DeleteOptions", &nothing_merges},
    {"policy/v1beta1", "DeleteOptions", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"rbac.authorization.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"scheduling.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"scheduling.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"scheduling.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"storage.k8s.io/v1", "DeleteOptions", &nothing_merges},
    {"storage.k8s.io/v1alpha1", "DeleteOptions", &nothing_merges},
    {"storage.k8s.io/v1beta1", "DeleteOptions", &nothing_merges},
    {"v1", "DeleteOptions", &nothing_merges},
    {"apps/v1", "Deployment", &of_daemon_set},
    {"apps/v1", "DeploymentList", &nothing_merges},
    {"discovery.k8s.io/v1", "EndpointSlice", &of_binding},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", &of_binding},
    {"discovery.k8s.io/v1", "EndpointSliceList", &nothing_merges},
    {"discovery.k8s.io/v1beta1", "EndpointSliceList", &nothing_merges},
    {"v1", "Endpoints", &of_binding},
    {"v1", "EndpointsList", &nothing_merges},
    {"events.k8s.io/v1", "Event", &of_binding},
    {"events.k8s.io/v1beta1", "Event", &of_binding},
    {"v1", "Event", &of_binding},
    {"events.k8s.io/v1", "EventList", &nothing_merges},
    {"events.k8s.io/v1beta1", "EventList", &nothing_merges},
    {"v1", "EventList", &nothing_merges},
    {"policy/v1beta1", "Eviction", &of_binding},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", &of_binding},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchemaList", &nothing_merges},
    {"autoscaling/v1", "HorizontalPodAutoscaler", &of_binding},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", &of_binding},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", &of_binding},
    {"autoscaling/v1", "HorizontalPodAutoscalerList", &nothing_merges},
    {"autoscaling/v2beta1", "HorizontalPodAutoscalerList", &nothing_merges},
    {"autoscaling/v2beta2", "HorizontalPodAutoscalerList", &nothing_merges},
    {"extensions/v1beta1", "Ingress", &of_binding},
    {"networking.k8s.io/v1", "Ingress", &of_binding},
    {"networking.k8s.io/v1beta1", "Ingress", &of_binding},
    {"networking.k8s.io/v1", "IngressClass", &of_binding},
    {"networking.k8s.io/v1beta1", "IngressClass", &of_binding},
    {"networking.k8s.io/v1", "IngressClassList", &nothing_merges},
    {"networking.k8s.io/v1beta1", "IngressClassList", &nothing_merges},
    {"extensions/v1beta1", "IngressList", &nothing_merges},
    {"networking.k8s.io/v1", "IngressList", &nothing_merges},
    {"networking.k8s.io/v1beta1", "IngressList", &nothing_merges},
    {"batch/v1", "Job", &of_daemon_set},
    {"batch/v1", "JobList", &nothing_merges},
    {"coordination.k8s.io/v1", "Lease", &of_binding},
    {"coordination.k8s.io/v1beta1", "Lease", &of_binding},
    {"coordination.k8s.io/v1", "LeaseList", &nothing_merges},
    {"coordination.k8s.io/v1beta1", "LeaseList", &nothing_merges},
    {"v1", "LimitRange", &of_binding},
    {"v1", "LimitRangeList", &nothing_merges},
    {"authorization.k8s.io/v1", "LocalSubjectAccessReview", &of_binding},
    {"authorization.k8s.io/v1beta1", "LocalSubjectAccessReview", &of_binding},
    {"admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration",
     &of_mutating_webhook_configuration},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration",
     &of_mutating_webhook_configuration},
    {"admissionregistration.k8s.io/v1", "MutatingWebhookConfigurationList", &nothing_merges},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfigurationList", &nothing_merges},
    {"v1", "Namespace", &of_api_service},
    {"v1", "NamespaceList", &nothing_merges},
    {"networking.k8s.io/v1", "NetworkPolicy", &of_binding},
    {"networking.k8s.io/v1", "NetworkPolicyList", &nothing_merges},
    {"v1", "Node", &of_node},
    {"v1", "NodeList", &nothing_merges},
    {"v1", "NodeProxyOptions", &nothing_merges},
    {"v1", "PersistentVolume", &of_binding},
    {"v1", "PersistentVolumeClaim", &of_api_service},
    {"v1", "PersistentVolumeClaimList", &nothing_merges},
    {"v1", "PersistentVolumeList", &nothing_merges},
    {"v1", "Pod", &of_pod},
    {"v1", "PodAttachOptions", &nothing_merges},
    {"policy/v1", "PodDisruptionBudget", &of_api_service},
    {"policy/v1beta1", "PodDisruptionBudget", &of_api_service},
    {"policy/v1", "PodDisruptionBudgetList", &nothing_merges},
    {"policy/v1beta1", "PodDisruptionBudgetList", &nothing_merges},
    {"v1", "PodExecOptions", &nothing_merges},
    {"v1", "PodList", &nothing_merges},
    {"v1", "PodPortForwardOptions", &nothing_merges},
    {"v1", "PodProxyOptions", &nothing_merges},
    {"policy/v1beta1", "PodSecurityPolicy", &of_binding},
    {"policy/v1beta1", "PodSecurityPolicyList", &nothing_merges},
    {"v1", "PodTemplate", &of_pod_template},
    {"v1", "PodTemplateList", &nothing_merges},
    {"scheduling.k8s.io/v1", "PriorityClass", &of_binding},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", &of_binding},
    {"scheduling.k8s.io/v1", "PriorityClassList", &nothing_merges},
    {"scheduling.k8s.io/v1beta1", "PriorityClassList", &nothing_merges},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration", &of_binding},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfigurationList", &nothing_merges},
    {"apps/v1", "ReplicaSet", &of_daemon_set},
    {"apps/v1", "ReplicaSetList", &nothing_merges},
    {"v1", "ReplicationController", &of_daemon_set},
    {"v1", "ReplicationControllerList", &nothing_merges},
    {"v1", "ResourceQuota", &of_binding},
    {"v1", "ResourceQuotaList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "Role", &of_binding},
    {"rbac.authorization.k8s.io/v1beta1", "Role", &of_binding},
    {"rbac.authorization.k8s.io/v1", "RoleBinding", &of_binding},
    {"rbac.authorization.k8s.io/v1beta1", "RoleBinding", &of_binding},
    {"rbac.authorization.k8s.io/v1", "RoleBindingList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "RoleBindingList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "RoleList", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "RoleList", &nothing_merges},
    {"node.k8s.io/v1", "RuntimeClass", &of_binding},
    {"node.k8s.io/v1beta1", "RuntimeClass", &of_binding},
    {"node.k8s.io/v1", "RuntimeClassList", &nothing_merges},
    {"node.k8s.io/v1beta1", "RuntimeClassList", &nothing_merges},
    {"autoscaling/v1", "Scale", &of_binding},
    {"v1", "Secret", &of_binding},
    {"v1", "SecretList", &nothing_merges},
    {"authorization.k8s.io/v1", "SelfSubjectAccessReview", &of_binding},
    {"authorization.k8s.io/v1beta1", "SelfSubjectAccessReview", &of_binding},
    {"authorization.k8s.io/v1", "SelfSubjectRulesReview", &of_binding},
    {"authorization.k8s.io/v1beta1", "SelfSubjectRulesReview", &of_binding},
    {"v1", "Service", &of_service},
    {"v1", "ServiceAccount", &of_service_account},
    {"v1", "ServiceAccountList", &nothing_merges},
    {"v1", "ServiceList", &nothing_merges},
    {"v1", "ServiceProxyOptions", &nothing_merges},
    {"apps/v1", "StatefulSet", &of_stateful_set},
    {"apps/v1", "StatefulSetList", &nothing_merges},
    {"v1", "Status", &nothing_merges},
    {"storage.k8s.io/v1", "StorageClass", &of_binding},
    {"storage.k8s.io/v1beta1", "StorageClass", &of_binding},
    {"storage.k8s.io/v1", "StorageClassList", &nothing_merges},
    {"storage.k8s.io/v1beta1", "StorageClassList", &nothing_merges},
    {"authorization.k8s.io/v1", "SubjectAccessReview", &of_binding},
    {"authorization.k8s.io/v1beta1", "SubjectAccessReview", &of_binding},
    {"authentication.k8s.io/v1", "TokenRequest", &of_binding},
    {"authentication.k8s.io/v1", "TokenReview", &of_binding},
    {"authentication.k8s.io/v1beta1", "TokenReview", &of_binding},
    {"admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration",
     &of_mutating_webhook_configuration},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration",
     &of_mutating_webhook_configuration},
    {"admissionregistration.k8s.io/v1", "ValidatingWebhookConfigurationList", &nothing_merges},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfigurationList", &nothing_merges},
    {"storage.k8s.io/v1", "VolumeAttachment", &of_binding},
    {"storage.k8s.io/v1beta1", "VolumeAttachment", &of_binding},
    {"storage.k8s.io/v1", "VolumeAttachmentList", &nothing_merges},
    {"storage.k8s.io/v1beta1", "VolumeAttachmentList", &nothing_merges},
    {"admission.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"admission.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"admissionregistration.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"admissionregistration.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"apiextensions.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"apiextensions.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"apiregistration.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"apiregistration.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"apps/v1", "WatchEvent", &nothing_merges},
    {"apps/v1beta1", "WatchEvent", &nothing_merges},
    {"apps/v1beta2", "WatchEvent", &nothing_merges},
    {"authentication.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"authentication.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"authorization.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"authorization.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"autoscaling/v1", "WatchEvent", &nothing_merges},
    {"autoscaling/v2beta1", "WatchEvent", &nothing_merges},
    {"autoscaling/v2beta2", "WatchEvent", &nothing_merges},
    {"batch/v1", "WatchEvent", &nothing_merges},
    {"batch/v1beta1", "WatchEvent", &nothing_merges},
    {"certificates.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"certificates.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"coordination.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"coordination.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"discovery.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"discovery.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"events.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"events.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"extensions/v1beta1", "WatchEvent", &nothing_merges},
    {"flowcontrol.apiserver.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"imagepolicy.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"internal.apiserver.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"networking.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"networking.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"node.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"node.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"node.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"policy/v1", "WatchEvent", &nothing_merges},
    {"policy/v1beta1", "WatchEvent", &nothing_merges},
    {"rbac.authorization.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"rbac.authorization.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"rbac.authorization.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"scheduling.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"scheduling.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"scheduling.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"storage.k8s.io/v1", "WatchEvent", &nothing_merges},
    {"storage.k8s.io/v1alpha1", "WatchEvent", &nothing_merges},
    {"storage.k8s.io/v1beta1", "WatchEvent", &nothing_merges},
    {"v1", "WatchEvent", &nothing_merges},
};

}  // namespace

Schemas::Schemas() : types_(types) {}

}  // namespace lockstep::kustomize
