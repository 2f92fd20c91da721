#include "kustomize/crds.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(Crds, NameReferencesLabelsAnnotationsAndNames) {
    const MemoryTree tree = {
        {"base/kustomization.yaml", R"yaml(resources: [r.yaml]
crds: [crd.yaml]
namePrefix: p-
commonLabels: {l: v}
commonAnnotations: {a: v}
)yaml"},
        {"base/crd.yaml", R"yaml(com.example.v1.Foo:
  schema:
    properties:
      kind: {}
      apiVersion: {}
      metadata: {}
      spec: {$ref: com.example.v1.Spec}
com.example.v1.Spec:
  Schema:
    properties:
      sel: {x-kubernetes-label-selector: ""}
      ann: {x-kubernetes-annotation: ""}
      id: {x-kubernetes-identity: ""}
      ref: {x-kubernetes-object-ref-api-version: v1, x-kubernetes-object-ref-kind: Secret, x-kubernetes-object-ref-name-key: secret}
      list: {x-kubernetes-object-ref-api-version: v1, x-kubernetes-object-ref-kind: ConfigMap}
)yaml"},
        {"base/r.yaml", R"yaml(apiVersion: example.com/v1
kind: Foo
metadata: {name: f}
spec: {sel: {a: b}, ann: {}, id: me, ref: {secret: s}, list: [{name: m}, {name: n}]}
---
apiVersion: other.com/v1
kind: Foo
metadata: {name: g}
spec: {ann: {x: z}, ref: {secret: s}}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
)yaml"},
        {"over/kustomization.yaml", R"yaml(resources: [../base]
nameSuffix: -x
commonLabels: {o: w}
)yaml"},
    };
    EXPECT_EQ(built(tree, "over"), R"yaml(apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    a: v
  labels:
    l: v
    o: w
  name: p-m-x
---
apiVersion: v1
kind: Secret
metadata:
  annotations:
    a: v
  labels:
    l: v
    o: w
  name: p-s-x
---
apiVersion: example.com/v1
kind: Foo
metadata:
  annotations:
    a: v
  labels:
    l: v
    o: w
  name: p-f-x
spec:
  ann:
    a: v
  id: p-me
  list:
  - name: p-m-x
  - name: "n"
  ref:
    secret: p-s-x
  sel:
    a: b
    l: v
    o: w
---
apiVersion: other.com/v1
kind: Foo
metadata:
  annotations:
    a: v
  labels:
    l: v
    o: w
  name: p-g-x
spec:
  ann:
    a: v
    x: z
  ref:
    secret: p-s-x
)yaml");
}

TEST(Crds, AreRefusedWhereTypesContainEachOther) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: []\ncrds: [types.yaml]\n"},
        {"types.yaml",
         "Foo:\n  Schema:\n    properties: {kind: {}, apiVersion: {}, metadata: {}, more: {$ref: "
         "Foo}}\n"},
    };
    EXPECT_EQ(built(tree),
              "error: types.yaml:3:17: loading CRDs `types.yaml`: found types that contain each "
              "other without end, below `Foo`");
}

}  // namespace
}  // namespace lockstep::kustomize
