#include "kustomize/internal_notes.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(InternalNotes, AskForAHash) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [r.yaml]
namePrefix: p-
commonAnnotations: {a: b}
)yaml"},
        {"r.yaml", R"yaml(apiVersion: v1
kind: Secret
metadata: {name: s, annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled, x: z}}
data: {a: 1, b: 0x10, c: "q"}
type: null
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, annotations: {internal.config.kubernetes.io/needsHashSuffix: disabled}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, secret: {secretName: s}}]}
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    a: b
  name: p-c
---
apiVersion: v1
data:
  a: 1
  b: 16
  c: q
kind: Secret
metadata:
  annotations:
    a: b
    x: z
  name: p-s-hmd6t9mkkk
type: null
---
apiVersion: v1
kind: Pod
metadata:
  annotations:
    a: b
  name: p-p
spec:
  volumes:
  - name: v
    secret:
      secretName: p-s-hmd6t9mkkk
)yaml");
}

TEST(InternalNotes, NameFormerIds) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [r.yaml]
nameSuffix: -x
patches:
- patch: |
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: older}
    data: {q: r}
)yaml"},
        {"r.yaml", R"yaml(apiVersion: v1
kind: ConfigMap
metadata: {name: c, annotations: {internal.config.kubernetes.io/previousNames: "older,old", internal.config.kubernetes.io/previousNamespaces: "default,default", internal.config.kubernetes.io/previousKinds: "ConfigMap,ConfigMap"}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, configMap: {name: old}}]}
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
data:
  q: r
kind: ConfigMap
metadata:
  name: c-x
---
apiVersion: v1
kind: Pod
metadata:
  name: p-x
spec:
  volumes:
  - configMap:
      name: c-x
    name: v
)yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
