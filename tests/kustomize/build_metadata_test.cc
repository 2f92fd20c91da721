#include "kustomize/build_metadata.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(BuildMetadata, NotesOriginsAndTransformations) {
    const MemoryTree tree = {
        {"base/kustomization.yaml", R"yaml(resources: [r.yaml, sub/../s.yaml]
namePrefix: p-
labels: [{pairs: {a: b}}, {pairs: {c: d}, includeSelectors: true}]
configMapGenerator:
- name: gen
  literals: [a=b]
secretGenerator:
- name: sec
  literals: [a=b]
patches:
- patch: |
    apiVersion: v1
    kind: Service
    metadata: {name: s, annotations: null}
- patch: '[{"op":"add","path":"/spec","value":{"x":1}}]'
  target: {kind: Service}
)yaml"},
        {"base/sub/x", R"yaml()yaml"},
        {"base/r.yaml", R"yaml(apiVersion: v1
kind: Service
metadata: {name: s, annotations: {n: 1, z: null}}
)yaml"},
        {"base/s.yaml", R"yaml(apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: sa}}
)yaml"},
        {"comp/kustomization.yaml", R"yaml(kind: Component
apiVersion: kustomize.config.k8s.io/v1alpha1
resources: [c.yaml]
commonAnnotations: {q: r}
patchesJson6902:
- target: {version: v1, kind: Service, name: s}
  patch: '[{"op":"add","path":"/z","value":1}]'
)yaml"},
        {"comp/c.yaml", R"yaml(apiVersion: v1
kind: Pod
metadata: {name: pod}
spec: {containers: [{name: a, image: nginx}]}
)yaml"},
        {"over/kustomization.yaml", R"yaml(resources: [../base]
components: [../comp]
buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]
namespace: ns
nameSuffix: -x
commonLabels: {k: l}
images: [{name: nginx, newTag: v1}, {name: foo, newTag: v2}]
replacements:
- source: {kind: Service, name: s, fieldPath: metadata.name}
  targets: [{select: {kind: Pod}, fieldPaths: [spec.svc], options: {create: true}}]
configMapGenerator:
- name: gen
  behavior: merge
  literals: [b=c]
secretGenerator:
- name: sec
  behavior: replace
  literals: [b=c]
transformers:
- t.yaml
- |-
  apiVersion: builtin
  kind: AnnotationsTransformer
  metadata: {name: notes, namespace: foo}
  annotations: {i: j}
  fieldSpecs: [{path: metadata/annotations, create: true}]
generators:
- |-
  apiVersion: builtin
  kind: ConfigMapGenerator
  metadata: {name: cg}
  literals: [x=y]
- g
)yaml"},
        {"over/t.yaml", R"yaml(apiVersion: builtin
kind: PrefixTransformer
metadata: {name: pre}
prefix: o-
fieldSpecs: [{path: metadata/name}]
)yaml"},
        {"over/g/kustomization.yaml", R"yaml(resources: [g.yaml]
nameSuffix: -gg
)yaml"},
        {"over/g/g.yaml", R"yaml(apiVersion: builtin
kind: SecretGenerator
metadata: {name: sg}
literals: [x=y]
)yaml"},
    };
    EXPECT_EQ(built(tree, "over"), R"yaml(apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      path: ../base/s.yaml
    i: j
    q: r
  labels:
    a: b
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    c: d
    k: l
  name: o-p-sa-x
  namespace: ns
---
apiVersion: v1
data:
  x: "y"
kind: ConfigMap
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      configuredIn: kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: ConfigMapGenerator
        name: cg
    i: j
    q: r
  labels:
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    k: l
  name: o-cg-x-6gc9d749f7
  namespace: ns
---
apiVersion: v1
data:
  a: b
  b: c
kind: ConfigMap
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      configuredIn: ../base/kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: ConfigMapGenerator
    i: j
    q: r
  labels:
    a: b
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    c: d
    k: l
  name: o-p-gen-x-d6g9c22788
  namespace: ns
---
apiVersion: v1
data:
  b: Yw==
kind: Secret
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      configuredIn: kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: SecretGenerator
    i: j
    q: r
  labels:
    a: b
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    c: d
    k: l
  name: o-p-sec-x-8kfmcc2t48
  namespace: ns
type: Opaque
---
apiVersion: v1
data:
  x: eQ==
kind: Secret
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      configuredIn: g/g.yaml
      configuredBy:
        apiVersion: builtin
        kind: SecretGenerator
        name: sg-gg
    i: j
    q: r
  labels:
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    k: l
  name: o-sg-gg-x-t86b282gdf
  namespace: ns
type: Opaque
---
apiVersion: v1
kind: Service
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../base/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      configuredIn: ../base/kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: PatchTransformer
    i: j
    q: r
  labels:
    a: b
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    c: d
    k: l
  name: o-p-s-x
  namespace: ns
spec:
  selector:
    c: d
    k: l
  x: 1
z: 1
---
apiVersion: v1
kind: Pod
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
      - configuredIn: ../comp/kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: PatchJson6902Transformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: NamespaceTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: LabelTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ImageTagTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: ReplacementTransformer
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: notes
          namespace: foo
      - configuredIn: t.yaml
        configuredBy:
          apiVersion: builtin
          kind: PrefixTransformer
          name: pre
    config.kubernetes.io/origin: |
      path: ../comp/c.yaml
    i: j
    q: r
  labels:
    app.kubernetes.io/managed-by: kustomize-v5.8.2
    k: l
  name: o-pod-x
  namespace: ns
spec:
  containers:
  - image: nginx:v1
    name: a
  svc: p-s-x
)yaml");
}

TEST(BuildMetadata, IsSeenByPatches) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [r.yaml]
buildMetadata: [originAnnotations]
patches:
- patch: '[{"op":"remove","path":"/metadata/annotations"}]'
  target: {annotationSelector: config.kubernetes.io/origin}
namePrefix: x-
)yaml"},
        {"r.yaml", R"yaml(apiVersion: v1
kind: Pod
metadata: {name: pod}
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
kind: Pod
metadata:
  annotations:
    config.kubernetes.io/origin: |
      configuredIn: kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: PatchTransformer
  name: x-pod
)yaml");
}

const MemoryTree two_objects = {
    {"kustomization.yaml", "resources: [objects.yaml]\n"},
    {"objects.yaml",
     "apiVersion: v1\nkind: Service\nmetadata: {name: s, labels: {a: 1}}\n---\n"
     "apiVersion: v1\nkind: Namespace\nmetadata: {name: space}\n"},
};

TEST(BuildMetadata, HasALabelThatAnOptionAsksForToo) {
    EXPECT_EQ(built(two_objects, "", {.managed_by_label = true}),
              "apiVersion: v1\nkind: Namespace\nmetadata:\n  labels:\n"
              "    app.kubernetes.io/managed-by: kustomize-v5.8.2\n  name: space\n---\n"
              "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    a: 1\n"
              "    app.kubernetes.io/managed-by: kustomize-v5.8.2\n  name: s\n");
}

TEST(Render, SortsUnlessAskedNotTo) {
    EXPECT_EQ(built(two_objects, "", {.sorts = false}),
              "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    a: 1\n  name: s\n---\n"
              "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: space\n");
}

TEST(BuildMetadata, QuotesWhatReadsAsNoText) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: ['12']\nbuildMetadata: [originAnnotations]\n"},
        {"12", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"},
    };
    EXPECT_EQ(built(tree),
              "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n"
              "    config.kubernetes.io/origin: |\n      path: \"12\"\n  name: p\n");
}

}  // namespace
}  // namespace lockstep::kustomize
