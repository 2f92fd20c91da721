#include "kustomize/name_reference.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(NameReference, FollowsAPrefix) {
    const MemoryTree tree = {
        {"kustomization.yaml", "namePrefix: dev-\nresources: [all.yaml]\n"},
        {"all.yaml",
         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n---\n"
         "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
         "  - name: web\n    envFrom:\n    - configMapRef: {name: settings}\n"
         "    - configMapRef: {name: other}\n"},
    };
    EXPECT_EQ(built(tree),
              "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n---\n"
              "apiVersion: v1\nkind: Pod\nmetadata:\n  name: dev-web\nspec:\n  containers:\n"
              "  - envFrom:\n    - configMapRef:\n        name: dev-settings\n"
              "    - configMapRef:\n        name: other\n    name: web\n");
}

TEST(NameReference, GivesSubjectsTheNamespaceOfTheirAccount) {
    const MemoryTree tree = {
        {"kustomization.yaml", "namespace: ns\nnameSuffix: -s\nresources: [all.yaml]\n"},
        {"all.yaml",
         "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa}\n---\n"
         "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\n"
         "metadata: {name: b}\n"
         "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
         "subjects: [{kind: ServiceAccount, name: sa, namespace: default}]\n"},
    };
    EXPECT_EQ(built(tree),
              "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: sa-s\n  namespace: ns\n"
              "---\n"
              "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n"
              "  name: b-s\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n"
              "  name: view\nsubjects:\n- kind: ServiceAccount\n  name: sa-s\n  namespace: ns\n");
}

TEST(NameReference, RefusesAMalformedPlaceThoughNothingIsRenamed) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [pod.yaml]\n"},
        {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: text}\n"},
    };
    EXPECT_EQ(built(tree),
              "error: pod.yaml:4:17: updating the references of Pod.v1.[noGrp]/p.[noNs]: expected "
              "sequence or mapping node: found a scalar where the field "
              "`spec/volumes/configMap/name` passes");
}

}  // namespace
}  // namespace lockstep::kustomize
