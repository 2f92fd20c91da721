#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

const std::string deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  template:
    spec:
      serviceAccountName: app
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: app
)";

std::string with(const std::string& fields, const std::string& objects = deployment) {
    return built({{"kustomization.yaml", "resources: [objects.yaml]\n" + fields},
                  {"objects.yaml", objects}});
}

TEST(Transformers, PrefixAndSuffixAreFollowedByReferences) {
    EXPECT_EQ(with("namePrefix: my-\nnameSuffix: -x\n"), R"(apiVersion: v1
kind: ServiceAccount
metadata:
  name: my-app-x
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-app-x
spec:
  template:
    spec:
      serviceAccountName: my-app-x
)");
}

TEST(Transformers, NamespaceLeavesClusterScopedKindsAlone) {
    EXPECT_EQ(with("namespace: prod\n", R"(apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: b
subjects:
- kind: ServiceAccount
  name: default
  namespace: old
- kind: ServiceAccount
  name: other
  namespace: old
---
apiVersion: v1
kind: Namespace
metadata:
  name: old
---
apiVersion: v1
kind: Service
metadata:
  name: s
)"),
              R"(apiVersion: v1
kind: Namespace
metadata:
  name: prod
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: b
subjects:
- kind: ServiceAccount
  name: default
  namespace: prod
- kind: ServiceAccount
  name: other
  namespace: old
---
apiVersion: v1
kind: Service
metadata:
  name: s
  namespace: prod
)");
}

TEST(Transformers, NamespaceRefusesToMakeTwoObjectsOne) {
    EXPECT_EQ(with("namespace: prod\n", R"(kind: A
metadata: {name: a, namespace: x}
---
kind: A
metadata: {name: a, namespace: y}
)"),
              "error: kustomization.yaml:2:12: namespace transformation produces ID conflict: "
              "A.[noVer].[noGrp]/a.prod");
}

const std::string service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n";

TEST(Transformers, LabelsGoWhereTheEntrySays) {
    EXPECT_EQ(with("labels:\n- pairs: {a: '1'}\n", service), R"(apiVersion: v1
kind: Service
metadata:
  labels:
    a: "1"
  name: s
)");
    const std::string selected = R"(apiVersion: v1
kind: Service
metadata:
  labels:
    a: b
  name: s
spec:
  selector:
    a: b
)";
    EXPECT_EQ(with("labels:\n- pairs: {a: b}\n  includeSelectors: true\n", service), selected);
    EXPECT_EQ(with("commonLabels: {a: b}\n", service), selected);
}

TEST(Transformers, AnnotationsAreTexts) {
    EXPECT_EQ(with("commonAnnotations: {note: 'yes'}\n", R"(kind: A
metadata:
  name: a
  annotations:
    number: 1
    nothing: null
)"),
              R"(kind: A
metadata:
  annotations:
    note: "yes"
    nothing: "null"
    number: "1"
  name: a
)");
}

TEST(Transformers, ReplicasFindObjectsByAnyName) {
    EXPECT_EQ(with("namePrefix: my-\nreplicas:\n- {name: app, count: 3}\n", R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
)"),
              R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-app
spec:
  replicas: 3
)");
    EXPECT_EQ(with("replicas:\n- {name: app, count: -3}\n", R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  replicas: "2"
)"),
              R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  replicas: "-3"
)");
    EXPECT_EQ(with("replicas:\n- {name: other, count: 3}\n"),
              "error: kustomization.yaml:3:10: resource with name other does not match a config "
              "with the following GVK: Deployment, StatefulSet, ReplicaSet, ReplicationController");
}

TEST(Transformers, MarksNameTheScalarThatDecided) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "resources: [objects.yaml]\nnamespace: prod\nnamePrefix: my-\n"
         "labels:\n- pairs: {a: b}\nreplicas: [{name: app, count: 3}]\n"},
        {"objects.yaml", deployment},
    };
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value());
    const yaml::Node& object = *rendering->objects.back();
    const auto place = [&](const yaml::Node* node) { return to_string(node->mark.location()); };
    EXPECT_EQ(place(object.at("metadata", "name")), "kustomization.yaml:3:13");
    EXPECT_EQ(place(object.at("metadata", "namespace")), "kustomization.yaml:2:12");
    EXPECT_EQ(place(object.at("metadata", "labels", "a")), "kustomization.yaml:5:14");
    EXPECT_EQ(place(object.at("spec", "replicas")), "kustomization.yaml:6:31");
    EXPECT_EQ(place(object.find("kind")), "objects.yaml:2:7");
}

}  // namespace
}  // namespace lockstep::kustomize
