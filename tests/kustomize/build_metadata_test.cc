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

// What lies in the root of a repository has a folder that is none in front of its path.
TEST(BuildMetadata, NamesTheRepositoryOfARemoteBase) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources:
- https://host/owner/repo//dir?ref=v1
- https://host/owner/repo?ref=v2
buildMetadata: [originAnnotations, transformerAnnotations]
nameSuffix: -x
)yaml"},
    };
    const auto remote = std::make_shared<const MemoryTree>(MemoryTree{
        {"kustomization.yaml",
         "generators:\n- |-\n  apiVersion: builtin\n  kind: "
         "SecretGenerator\n  metadata: {name: sg}\n  literals: [x=y]\n"},
        {"dir/kustomization.yaml", R"yaml(resources: [../other]
transformers: [t.yaml]
)yaml"},
        {"dir/t.yaml", R"yaml(apiVersion: builtin
kind: AnnotationsTransformer
metadata: {name: t}
annotations: {q: r}
fieldSpecs: [{path: metadata/annotations, create: true}]
)yaml"},
        {"other/kustomization.yaml", "resources: [b.yaml]\n"},
        {"other/b.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: b}\n"},
    });
    Options options;
    options.load_remote = [&](std::string_view url) -> Result<Remote> {
        const bool is_dir = url.contains("//dir");
        return Remote{remote, is_dir ? "dir" : "", "https://host/owner/repo", is_dir ? "v1" : "v2"};
    };
    EXPECT_EQ(built(tree, "", options), R"yaml(apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - repo: https://host/owner/repo
        ref: v1
        configuredIn: dir/t.yaml
        configuredBy:
          apiVersion: builtin
          kind: AnnotationsTransformer
          name: t
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
    config.kubernetes.io/origin: |
      path: other/b.yaml
      repo: https://host/owner/repo
      ref: v1
    q: r
  name: b-x
---
apiVersion: v1
data:
  x: eQ==
kind: Secret
metadata:
  annotations:
    alpha.config.kubernetes.io/transformations: |
      - configuredIn: kustomization.yaml
        configuredBy:
          apiVersion: builtin
          kind: SuffixTransformer
    config.kubernetes.io/origin: |
      repo: https://host/owner/repo
      ref: v2
      configuredIn: notCloned/kustomization.yaml
      configuredBy:
        apiVersion: builtin
        kind: SecretGenerator
        name: sg
  name: sg-x-t86b282gdf
type: Opaque
)yaml");
}

TEST(BuildMetadata, RefusesARemoteBaseOfNoKnownRepository) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "resources: ['https://host/owner/repo//dir?ref=v1']\nbuildMetadata: "
         "[originAnnotations]\n"},
    };
    Options options;
    options.load_remote = [](std::string_view) -> Result<Remote> {
        return Remote{std::make_shared<const MemoryTree>(), "dir"};
    };
    EXPECT_EQ(built(tree, "", options),
              "error: kustomization.yaml:1:13: accumulating resources from "
              "`https://host/owner/repo//dir?ref=v1`: unsupported: `buildMetadata` over the remote "
              "base `https://host/owner/repo//dir?ref=v1`");
}

// kustomize takes the beginning of any URL for a repository, if it is long enough.
TEST(BuildMetadata, CutsTheUrlsOfFiles) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [base]\nbuildMetadata: [originAnnotations]\n"},
        {"base/kustomization.yaml", R"yaml(resources:
- http://host/one.yaml
- http://host/a/two.yaml
- http://host/a/b/three.yaml
- HTTP://host/a/b/c/four.yaml
)yaml"},
    };
    Options options;
    options.load_file = [](std::string_view url) -> Result<Blob> {
        const std::string_view file = url.substr(url.rfind('/') + 1);
        const std::string name(file.substr(0, file.find('.')));
        return std::make_shared<const std::string>(
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + name + "}\n");
    };
    EXPECT_EQ(built(tree, "", options), R"yaml(apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: c/four.yaml
      repo: http://host/a/b
  name: four
---
apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: base/http:/host/one.yaml
  name: one
---
apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: three.yaml
      repo: http://host/a/b
  name: three
---
apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    config.kubernetes.io/origin: |
      path: notCloned
      repo: http://host/a/two.yaml
  name: two
)yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
