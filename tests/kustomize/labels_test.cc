#include "kustomize/labels.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(Labels, AreOneNodeWithTheSelectorsTheyWereSetWith) {
    const MemoryTree tree = {
        {"b/kustomization.yaml", R"yaml(resources: [r.yaml]
commonLabels: {app: x}
commonAnnotations: {ann: v}
)yaml"},
        {"b/r.yaml", R"yaml(apiVersion: apps/v1
kind: Deployment
metadata: {name: pod}
---
apiVersion: v1
kind: Service
metadata: {name: pod2}
)yaml"},
        {"o/kustomization.yaml", R"yaml(resources: [../b]
commonAnnotations: {ann: w}
vars: [{name: A, objref: {kind: Service, apiVersion: v1, name: pod2}}]
patches:
- patch: |
    apiVersion: v1
    kind: Service
    metadata: {name: pod2, labels: {app: patched}, annotations: {ann: patched}}
)yaml"},
    };
    EXPECT_EQ(built(tree, "o"), R"yaml(apiVersion: v1
kind: Service
metadata:
  annotations:
    ann: w
  labels:
    app: patched
  name: pod2
spec:
  selector:
    app: patched
---
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    ann: w
  labels:
    app: x
  name: pod
spec:
  selector:
    matchLabels:
      app: x
  template:
    metadata:
      annotations:
        ann: w
      labels:
        app: x
)yaml");
}

TEST(Labels, ComeApartWhereAnObjectBecomesJson) {
    const MemoryTree tree = {
        {"b/kustomization.yaml", R"yaml(resources: [r.yaml]
commonLabels: {app: x}
)yaml"},
        {"b/r.yaml", R"yaml(apiVersion: apps/v1
kind: Deployment
metadata: {name: pod}
)yaml"},
        {"o/kustomization.yaml", R"yaml(resources: [../m]
patches:
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: pod, labels: {app: patched}}
)yaml"},
        {"m/kustomization.yaml", R"yaml(resources: [../b]
namePrefix: p-
patches:
- target: {kind: Deployment}
  patch: '[{"op":"add","path":"/spec/replicas","value":2}]'
)yaml"},
    };
    EXPECT_EQ(built(tree, "o"), R"yaml(apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: patched
  name: p-pod
spec:
  replicas: 2
  selector:
    matchLabels:
      app: x
  template:
    metadata:
      labels:
        app: x
)yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
