#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

const std::string deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - image: nginx:1.0
        name: web
)";

const std::string service = R"(apiVersion: v1
kind: Service
metadata:
  name: web
)";

std::string config(const std::string& kind, const std::string& fields) {
    return "apiVersion: builtin\nkind: " + kind + "\nmetadata:\n  name: t\n" + fields;
}

std::string transformed(const std::string& transformer, const std::string& objects = deployment) {
    return built({{"kustomization.yaml", "resources: [r.yaml]\ntransformers: [t.yaml]\n"},
                  {"r.yaml", objects},
                  {"t.yaml", transformer}});
}

std::string validated(const std::string& validator, const std::string& objects = service) {
    return built({{"kustomization.yaml", "resources: [r.yaml]\nvalidators: [v.yaml]\n"},
                  {"r.yaml", objects},
                  {"v.yaml", validator}});
}

TEST(BuiltinTransformers, WorkOnTheirOwnFieldsOnly) {
    EXPECT_EQ(transformed(config("LabelTransformer",
                                 "labels: {a: b}\nfieldSpecs: [{path: metadata/labels, create: "
                                 "true}]\n") +
                          "---\n" +
                          config("PrefixSuffixTransformer",
                                 "prefix: a-\nsuffix: -z\nfieldSpecs: [{path: metadata/name}]\n")),
              R"(apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    a: b
  name: a-web-z
spec:
  replicas: 1
  template:
    spec:
      containers:
      - image: nginx:1.0
        name: web
)");
}

// Quotes stay, and a name without them is what it reads as.
TEST(BuiltinTransformers, WriteNamesThatReadAsNumbers) {
    const std::string prefix =
        config("PrefixTransformer", "prefix: \"1\"\nfieldSpecs: [{path: metadata/name}]\n");
    const std::string number = "apiVersion: v1\nkind: Service\nmetadata:\n  name: \"2\"\n";
    EXPECT_EQ(transformed(prefix + "---\n" +
                              config("SuffixTransformer",
                                     "suffix: \"3\"\nfieldSpecs: [{path: metadata/name}]\n"),
                          number),
              "apiVersion: v1\nkind: Service\nmetadata:\n  name: \"123\"\n");
    const std::string plain = "apiVersion: v1\nkind: Service\nmetadata:\n  name: e5\n";
    EXPECT_EQ(transformed(prefix, plain),
              "apiVersion: v1\nkind: Service\nmetadata:\n  name: 100000\n");
    EXPECT_EQ(transformed(prefix, number),
              "apiVersion: v1\nkind: Service\nmetadata:\n  name: \"12\"\n");
}

// A number is written as a float32, and what has no field is passed over.
TEST(BuiltinTransformers, TakeNumbersForTexts) {
    EXPECT_EQ(transformed(config("AnnotationsTransformer", R"(annotations:
  float: 1.23456789
  hex: 0x10
  long: 123456789012
  switch: on
  yes: true
  zeros: 1.10
fieldSpecs: [{path: metadata/annotations, create: true}]
comment: [1]
)"),
                          service),
              R"(apiVersion: v1
kind: Service
metadata:
  annotations:
    float: "1.2345679"
    hex: "16"
    long: "123456789012"
    switch: "on"
    "yes": "true"
    zeros: "1.1"
  name: web
)");
}

TEST(BuiltinTransformers, ThatAreWrittenInTheFileComeFirst) {
    const std::string prefix = R"(  apiVersion: builtin
  kind: PrefixTransformer
  metadata: {name: text}
  prefix: text-
  fieldSpecs: [{path: metadata/name}]
)";
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [r.yaml]\ntransformers:\n- t.yaml\n- |\n" + prefix},
        {"r.yaml", service},
        {"t.yaml",
         config("PrefixTransformer", "prefix: file-\nfieldSpecs: [{path: metadata/name}]\n")}};
    EXPECT_EQ(built(tree), R"(apiVersion: v1
kind: Service
metadata:
  name: file-text-web
)");
}

TEST(BuiltinTransformers, AreBuiltByKustomizations) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [r.yaml]\ntransformers: [prod]\n"},
        {"r.yaml", deployment},
        {"prod/kustomization.yaml", R"(resources: [../images]
patches:
- target: {kind: ImageTagTransformer}
  patch: '[{"op": "replace", "path": "/imageTag/newTag", "value": "3.0"}]'
)"},
        {"images/kustomization.yaml", "resources: [image.yaml]\n"},
        {"images/image.yaml",
         config("ImageTagTransformer", "imageTag: {name: nginx, newTag: '2.0'}\n")},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - image: nginx:3.0
        name: web
)");
}

TEST(BuiltinTransformers, NamespacesOfSubjects) {
    const std::string binding = R"(apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: b
  namespace: own
subjects:
- kind: User
  name: default
- kind: ServiceAccount
  name: web
)";
    const auto with = [&](const std::string& mode) {
        return transformed(
            "apiVersion: builtin\nkind: NamespaceTransformer\n"
            "metadata: {name: t, namespace: prod}\nunsetOnly: true\n"
            "setRoleBindingSubjects: " +
                mode + "\n",
            binding);
    };
    EXPECT_EQ(with("allServiceAccounts"), binding + "  namespace: prod\n");
    EXPECT_EQ(with("none"), binding);
    EXPECT_EQ(with("some"),
              "error: t.yaml:5:25: in the transformer NamespaceTransformer.builtin.[noGrp]/t.prod: "
              "setRoleBindingSubjects is `some`, expected defaultOnly, none or allServiceAccounts");
}

// kustomize keeps notes on what happened to an object in its annotations, so they are there.
TEST(BuiltinTransformers, FindAnnotationsOnObjectsThatWereRenamed) {
    const auto with = [](const std::string& fields) {
        return built(
            {{"kustomization.yaml", "resources: [r.yaml]\ntransformers: [t.yaml]\n" + fields},
             {"r.yaml", service},
             {"t.yaml", config("AnnotationsTransformer",
                               "annotations: {a: b}\n"
                               "fieldSpecs: [{path: metadata/annotations}]\n")}});
    };
    EXPECT_EQ(with(""), service);
    EXPECT_EQ(with("namePrefix: my-\n"), R"(apiVersion: v1
kind: Service
metadata:
  annotations:
    a: b
  name: my-web
)");
}

TEST(BuiltinTransformers, AddValuesToPaths) {
    EXPECT_EQ(transformed(config("ValueAddTransformer", R"(value: dog-222
targets:
- fieldPath: metadata/annotations/example.com\/project
- selector: {kind: Deployment}
  fieldPath: spec/template/spec/containers/[name=web]/image
  filePathPosition: 1
- fieldPath: spec/template/spec/containers/[name=new]/image
- fieldPath: spec/template/spec/containers/7/image
)")),
              R"(apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    example.com/project: dog-222
  name: web
spec:
  replicas: 1
  template:
    spec:
      containers:
      - image: dog-222/nginx:1.0
        name: web
      - image: dog-222
        name: new
)");
}

// Values, empty parts, "." and ".." stand in a path as kustomize counts and joins its parts.
TEST(BuiltinTransformers, AddValuesToPathsThatAreNotClean) {
    EXPECT_EQ(transformed(R"yaml(apiVersion: builtin
kind: ValueAddTransformer
metadata: {name: t}
value: V
targets:
- {fieldPath: data/abs, filePathPosition: 1}
- {fieldPath: data/rel, filePathPosition: 2}
- {fieldPath: data/dots, filePathPosition: 2}
- {fieldPath: data/updir, filePathPosition: 1}
- {fieldPath: data//empty, filePathPosition: 2}
- {fieldPath: /data/root, filePathPosition: 1}
- {fieldPath: data/trail/, filePathPosition: 9}
- {fieldPath: data/dot, filePathPosition: 1}
- {fieldPath: data/up, filePathPosition: 2}
- {fieldPath: data/none, filePathPosition: 3}
- {fieldPath: data/absup, filePathPosition: 1}
- {fieldPath: data/absdd, filePathPosition: 1}
- {fieldPath: data/endup, filePathPosition: 3}
- {fieldPath: data/many, filePathPosition: 2}
- {fieldPath: data/., filePathPosition: 2}
)yaml",
                          R"yaml(apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data:
  abs: /a/b
  rel: a/b
  dots: ../a/./b
  updir: a/../../b
  empty: a//b
  root: /
  trail: a/b/
  dot: .
  up: ..
  none: ""
  absup: /../a
  absdd: //a
  endup: a/..
  many: /a/../..//b/./c/
)yaml"),
              R"yaml(apiVersion: v1
data:
  .: V
  abs: /V/a/b
  absdd: /V/a
  absup: /a
  dot: V
  dots: ../V/a/b
  empty: a/V/b
  endup: V
  many: /b/c
  none: V
  rel: a/V/b
  root: /V
  trail: a/b/V
  up: ../V
  updir: b
kind: ConfigMap
metadata:
  name: m
)yaml");
}

TEST(BuiltinTransformers, MayNotGiveTwoObjectsOneId) {
    EXPECT_EQ(transformed(R"yaml(apiVersion: builtin
kind: ReplacementTransformer
metadata: {name: t}
replacements:
- sourceValue: same
  targets:
  - select: {kind: ConfigMap}
---
apiVersion: builtin
kind: PrefixTransformer
metadata: {name: u}
prefix: a-
fieldSpecs: [{path: metadata/name}]
)yaml",
                          R"yaml(apiVersion: v1
kind: ConfigMap
metadata: {name: m}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: n}
)yaml"),
              "error: r.yaml:5:1: may not add resource with an already registered id: "
              "ConfigMap.v1.[noGrp]/a-same.[noNs]");
}

TEST(BuiltinTransformers, RefuseWhatIsNone) {
    EXPECT_EQ(
        transformed("apiVersion: example.com/v1\nkind: Sed\nmetadata: {name: s}\n"),
        "error: t.yaml:1:1: in the transformer Sed.v1.example.com/s.[noNs]: unsupported: the "
        "plugin Sed `s` is no builtin: external plugins disabled; unable to load external plugin");
    EXPECT_EQ(transformed(config("SortOrderTransformer", "")),
              "error: t.yaml:1:1: in the transformer "
              "SortOrderTransformer.builtin.[noGrp]/t.[noNs]: the plugin SortOrderTransformer `t` "
              "is no transformer that kustomize knows: unable to load builtin");
    EXPECT_EQ(transformed(config("ConfigMapGenerator", "")),
              "error: t.yaml:1:1: in the transformer ConfigMapGenerator.builtin.[noGrp]/t.[noNs]: "
              "the plugin ConfigMapGenerator `t` is no transformer that kustomize knows: unable to "
              "load builtin");
    EXPECT_EQ(transformed(config("PrefixTransformer", "prefix: a-\n")),
              "error: t.yaml:1:1: in the transformer PrefixTransformer.builtin.[noGrp]/t.[noNs]: "
              "the plugin PrefixTransformer `t` has no `fieldSpecs`");
}

TEST(BuiltinTransformers, MarksNameTheEntryThatDecidedAnImage) {
    const MemoryTree tree = {{"kustomization.yaml", R"(resources: [r.yaml]
transformers:
- |-
  apiVersion: builtin
  kind: ImageTagTransformer
  metadata: {name: t}
  imageTag:
    name: nginx
    newTag: 2.5
)"},
                             {"r.yaml", deployment}};
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value()) << to_string(rendering.error());
    const yaml::Node* const containers =
        rendering->objects.front()->at("spec", "template", "spec", "containers");
    const yaml::Node* const image = containers->items[0]->find("image");
    EXPECT_EQ(image->text, "nginx:2.5");
    EXPECT_EQ(to_string(image->mark.location()), "kustomization.yaml:9:13");
}

TEST(BuiltinGenerators, MakeObjects) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "generators: [g]\nnamePrefix: p-\ngeneratorOptions: {labels: {not: "
         "theirs}}\n"},
        {"g/kustomization.yaml", "resources: [g.yaml]\nnameSuffix: -s\n"},
        {"g/g.yaml", config("ConfigMapGenerator", "literals: [a=b]\ntype: ignored\n") + "---\n" +
                         config("IAMPolicyGenerator",
                                "cloud: gke\nkubernetesService: {name: k}\n"
                                "serviceAccount: {name: sa, projectId: p}\n")},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    iam.gke.io/gcp-service-account: sa@p.iam.gserviceaccount.com
  name: p-k
---
apiVersion: v1
data:
  a: b
kind: ConfigMap
metadata:
  name: p-t-s-4h2mbtbbt6
)");
}

TEST(BuiltinGenerators, RefuseCharts) {
    const MemoryTree tree = {
        {"kustomization.yaml", "generators: [g.yaml]\n"},
        {"g.yaml", config("HelmChartInflationGenerator", "name: minecraft\n")},
    };
    EXPECT_EQ(built(tree),
              "error: g.yaml:1:1: in the generator "
              "HelmChartInflationGenerator.builtin.[noGrp]/t.[noNs]: unsupported: the chart "
              "`minecraft`: must specify --enable-helm");
}

TEST(Validators, MayOnlyLook) {
    const std::string labels = "fieldSpecs: [{path: metadata/labels, create: true}]\n";
    EXPECT_EQ(validated(config("LabelTransformer", "labels: {validated-by: me}\n" + labels)),
              R"(apiVersion: v1
kind: Service
metadata:
  labels:
    validated-by: me
  name: web
)");
    EXPECT_EQ(validated(config("LabelTransformer", "labels: {a: b}\n" + labels)),
              "error: v.yaml:1:1: validator shouldn't modify the resource map");
    EXPECT_EQ(validated(config("HashTransformer", "")), service);
}

// Writing the same text anew is a change, except that replacements write into the old place.
TEST(Validators, MayNotWriteWhatIsThere) {
    const std::string labelled = R"(apiVersion: v1
kind: Service
metadata:
  labels:
    a: web
  name: web
)";
    EXPECT_EQ(validated(config("LabelTransformer",
                               "labels: {a: web}\nfieldSpecs: [{path: metadata/labels}]\n"),
                        labelled),
              "error: v.yaml:1:1: validator shouldn't modify the resource map");
    EXPECT_EQ(validated(config("ReplacementTransformer", R"(replacements:
- source: {kind: Service}
  targets:
  - select: {kind: Service}
    fieldPaths: [metadata.labels.a]
)"),
                        labelled),
              labelled);
}

}  // namespace
}  // namespace lockstep::kustomize
