#include <gtest/gtest.h>

#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string object(std::string_view api_version, std::string_view kind, std::string_view rest) {
    return "apiVersion: " + std::string(api_version) + "\nkind: " + std::string(kind) +
           "\nmetadata: {name: o, namespace: n}\n" + std::string(rest);
}

std::string effects(std::string_view api_version, std::string_view kind, std::string_view before,
                    std::string_view after, std::string_view kubernetes = {}) {
    return effects_of(object(api_version, kind, before), object(api_version, kind, after),
                      kubernetes);
}

TEST(Immutable, SelectorOfADeploymentAndNotItsTemplate) {
    EXPECT_EQ(
        effects("apps/v1", "Deployment", "spec: {selector: {matchLabels: {a: x}}, replicas: 1}",
                "spec: {selector: {matchLabels: {a: y}}, replicas: 2}"),
        "breaking[immutable-field] Deployment/n/o spec.selector.matchLabels.a: x -> y\n");
    EXPECT_EQ(effects("apps/v1", "Deployment", "spec: {template: {metadata: {labels: {a: x}}}}",
                      "spec: {template: {metadata: {labels: {a: y}}}}"),
              "");
}

TEST(Immutable, TemplateOfAJobAndNotItsParallelism) {
    EXPECT_EQ(
        effects("batch/v1", "Job",
                "spec: {parallelism: 1, template: {spec: {containers: [{name: a, image: x:1}]}}}",
                "spec: {parallelism: 2, template: {spec: {containers: [{name: a, image: x:2}]}}}"),
        "breaking[immutable-field] Job/n/o spec.template.spec.containers.[name=a].image: x:1 -> "
        "x:2\n");
}

TEST(Immutable, WhereASuspendedJobRunsIsAskedOfTheUser) {
    EXPECT_EQ(
        effects("batch/v1", "Job",
                "spec: {suspend: true, template: {spec: {nodeSelector: {a: x}}}}",
                "spec: {suspend: true, template: {spec: {nodeSelector: {a: y}}}}"),
        "attention[immutable-once-started] Job/n/o spec.template.spec.nodeSelector.a: x -> y\n");
}

TEST(Immutable, CompletionsOfAJobUnlessTheyFollowItsParallelism) {
    EXPECT_EQ(effects("batch/v1", "Job", "spec: {completions: 1}", "spec: {completions: 2}"),
              "breaking[immutable-field] Job/n/o spec.completions: 1 -> 2\n");
    EXPECT_EQ(effects("batch/v1", "Job",
                      "spec: {completionMode: Indexed, completions: 1, parallelism: 1}",
                      "spec: {completionMode: Indexed, completions: 2, parallelism: 2}"),
              "");
}

TEST(Immutable, OfAStatefulSetAllButAFewFields) {
    EXPECT_EQ(effects("apps/v1", "StatefulSet",
                      "spec: {replicas: 1, serviceName: a, minReadySeconds: 1, "
                      "podManagementPolicy: Parallel}",
                      "spec: {replicas: 2, serviceName: b, minReadySeconds: 2}"),
              "breaking[immutable-field] StatefulSet/n/o spec.podManagementPolicy: Parallel -> \n"
              "breaking[immutable-field] StatefulSet/n/o spec.serviceName: a -> b\n");
}

TEST(Immutable, RevisionHistoryLimitOfAStatefulSetByTheClustersVersion) {
    const auto of = [](std::string_view kubernetes) {
        return effects("apps/v1", "StatefulSet", "spec: {revisionHistoryLimit: 1}",
                       "spec: {revisionHistoryLimit: 2}", kubernetes);
    };
    const std::string field = "StatefulSet/n/o spec.revisionHistoryLimit: 1 -> 2\n";
    EXPECT_EQ(of(""), "attention[immutable-in-older] " + field);
    EXPECT_EQ(of("1.32"), "breaking[immutable-field] " + field);
    EXPECT_EQ(of("v1.33.1"), "");
}

TEST(Immutable, AddressOfAServiceThatHasOne) {
    EXPECT_EQ(effects("v1", "Service", "spec: {clusterIP: 10.0.0.1}", "spec: {clusterIP: None}"),
              "breaking[immutable-field] Service/n/o spec.clusterIP: 10.0.0.1 -> None\n");
    EXPECT_EQ(effects("v1", "Service", "spec: {}", "spec: {clusterIP: None}"),
              "breaking[immutable-field] Service/n/o spec.clusterIP:  -> None\n");
    EXPECT_EQ(effects("v1", "Service", "spec: {clusterIP: None}", "spec: {x: 1}"),
              "attention[address-kept] Service/n/o spec.clusterIP: None -> \n");
}

TEST(Immutable, ClaimsButForTheirSize) {
    EXPECT_EQ(effects("v1", "PersistentVolumeClaim",
                      "spec: {storageClassName: a, resources: {requests: {storage: 1Gi}}}",
                      "spec: {storageClassName: b, resources: {requests: {storage: 2Gi}}}"),
              "breaking[immutable-field] PersistentVolumeClaim/n/o spec.storageClassName: a -> b\n"
              "attention[claim-resized] PersistentVolumeClaim/n/o "
              "spec.resources.requests.storage: 1Gi -> 2Gi\n");
}

TEST(Immutable, AClaimCannotShrink) {
    EXPECT_EQ(
        effects("v1", "PersistentVolumeClaim", "spec: {resources: {requests: {storage: 2Gi}}}",
                "spec: {resources: {requests: {storage: 1Gi}}}"),
        "breaking[immutable-field] PersistentVolumeClaim/n/o "
        "spec.resources.requests.storage: 2Gi -> 1Gi\n");
}

TEST(Immutable, RoleOfABindingAndClassesOfStorage) {
    EXPECT_EQ(effects("rbac.authorization.k8s.io/v1", "RoleBinding",
                      "roleRef: {kind: Role, name: a}", "roleRef: {kind: Role, name: b}"),
              "breaking[immutable-field] RoleBinding/n/o roleRef.name: a -> b\n");
    EXPECT_EQ(
        effects("storage.k8s.io/v1", "StorageClass", "provisioner: a\nallowVolumeExpansion: true",
                "provisioner: b\nallowVolumeExpansion: false"),
        "breaking[immutable-field] StorageClass/n/o provisioner: a -> b\n");
}

TEST(Immutable, ConfigMapThatSaysSoUnlessItsNameChanges) {
    const std::string sealed = "immutable: true\ndata: {a: ";
    EXPECT_EQ(effects("v1", "ConfigMap", sealed + "x}", sealed + "y}"),
              "breaking[immutable-field] ConfigMap/n/o data.a: x -> y\n");
    EXPECT_EQ(effects("v1", "ConfigMap", "data: {a: x}", "data: {a: y}"), "");
    const auto named = [](std::string_view name, std::string_view rest) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + std::string(name) + "}\n" +
               std::string(rest);
    };
    EXPECT_EQ(
        effects_of(named("c-2222222222", sealed + "x}"), named("c-4444444444", sealed + "y}")), "");
}

TEST(Immutable, SecretsAreNeverShown) {
    EXPECT_EQ(effects("v1", "Secret", "immutable: true\ndata: {a: aHVudGVyMg==}",
                      "immutable: true\ndata: {a: c2VjcmV0}"),
              "breaking[immutable-field] Secret/n/o data.a: (secret) -> (secret)\n");
}

}  // namespace
}  // namespace lockstep::changes
