#include "manifest/yaml_file.h"

#include <gtest/gtest.h>

#include "manifest/facts_text.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;
using lockstep::testing::print;

std::string read(std::string text, const Fields& fields = {}) {
    return print(
        read_yaml_file(MemoryTree{{"a.yaml", std::move(text)}}, "a.yaml", {.fields = fields}));
}

TEST(YamlFile, DeclaresContainersAndInitContainers) {
    EXPECT_EQ(read("# deployment\n"
                   "apiVersion: apps/v1\n"
                   "kind: DaemonSet\n"
                   "metadata: {name: speaker, namespace: metallb-system}\n"
                   "spec:\n"
                   "  template:\n"
                   "    spec:\n"
                   "      initContainers:\n"
                   "      - name: cp\n"
                   "        image: \"quay.io/metallb/speaker:v0.13.7\"\n"
                   "      containers:\n"
                   "      - {name: speaker, image: quay.io/metallb/speaker}\n"),
              "\n"
              "a.yaml:10:16+33 yaml: image quay.io/metallb/speaker v0.13.7 "
              "DaemonSet:metallb-system/speaker spec.template.spec.initContainers[0].image "
              "|        image: \"quay.io/metallb/speaker:v0.13.7\"\n"
              "a.yaml:12:32+23 yaml: image quay.io/metallb/speaker - "
              "DaemonSet:metallb-system/speaker spec.template.spec.containers[0].image "
              "|      - {name: speaker, image: quay.io/metallb/speaker}\n");
}

TEST(YamlFile, FindsPodTemplatesWhereverTheyAre) {
    EXPECT_EQ(
        read("apiVersion: batch/v1\n"
             "kind: CronJob\n"
             "metadata: {name: c}\n"
             "spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: o/a:v1}]}}}}}\n"
             "---\n"
             "apiVersion: v1\n"
             "kind: List\n"
             "items:\n"
             "- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{image: "
             "o/b:v2}]}}\n"
             "- {apiVersion: v1, kind: PodTemplate, metadata: {name: t}, template: {spec: "
             "{ephemeralContainers: [{image: o/c:v3}]}}}\n"
             "---\n"
             "apiVersion: argoproj.io/v1alpha1\n"
             "kind: Rollout\n"
             "metadata: {name: r}\n"
             "spec: {template: {spec: {volumes: [{name: v, image: {reference: o/d@sha256:12, "
             "pullPolicy: Always}}]}}}\n"),
        "\n"
        "a.yaml:4:68+6 yaml: image o/a v1 CronJob:/c "
        "spec.jobTemplate.spec.template.spec.containers[0].image "
        "|spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: o/a:v1}]}}}}}\n"
        "a.yaml:9:80+6 yaml: image o/b v2 Pod:/p spec.containers[0].image "
        "|- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{image: "
        "o/b:v2}]}}\n"
        "a.yaml:10:108+6 yaml: image o/c v3 PodTemplate:/t "
        "template.spec.ephemeralContainers[0].image "
        "|- {apiVersion: v1, kind: PodTemplate, metadata: {name: t}, template: {spec: "
        "{ephemeralContainers: [{image: o/c:v3}]}}}\n"
        "a.yaml:15:65+13 yaml: image o/d - sha256:12 Rollout:/r "
        "spec.template.spec.volumes[0].image.reference "
        "|spec: {template: {spec: {volumes: [{name: v, image: {reference: o/d@sha256:12, "
        "pullPolicy: Always}}]}}}\n");
}

constexpr std::string_view operator_deployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: op}
spec:
  template:
    spec:
      containers:
      - name: op
        image: o/op:v1
        args:
        - --prometheus-config-reloader=quay.io/prometheus-operator/prometheus-config-reloader:v0.93.0
        - --engine-image
        - longhornio/longhorn-engine:v1.4.0
        - --metrics=0.0.0.0:8080
        - --proxy
        - o/proxy
        - -entrypoint-image
        - ko://github.com/tektoncd/pipeline/cmd/entrypoint
        env:
        - {name: RELATED_IMAGE_WASMSHIM, value: "oci://quay.io/kuadrant/wasm-shim:v0.12.3"}
        - {name: VALIDATOR_IMAGE, value: "o/validator:devel"}
        - {name: IMAGE_PULL_POLICY, value: Always}
        - {name: OPERAND, value: quay.io/o/operand:1.2}
        - {name: SIDECAR, value: o/sidecar}
        - {name: FROM, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
)";

TEST(YamlFile, DeclaresImagesInArgumentsAndEnvironment) {
    EXPECT_EQ(
        read(std::string(operator_deployment)),
        "\n"
        "a.yaml:9:16+7 yaml: image o/op v1 Deployment:/op spec.template.spec.containers[0].image "
        "|        image: o/op:v1\n"
        "a.yaml:11:11+91 yaml: image quay.io/prometheus-operator/prometheus-config-reloader "
        "v0.93.0 "
        "Deployment:/op spec.template.spec.containers[0].args[0] "
        "|        - --prometheus-config-reloader=quay.io/prometheus-operator/"
        "prometheus-config-reloader:v0.93.0\n"
        "a.yaml:13:11+33 yaml: image longhornio/longhorn-engine v1.4.0 Deployment:/op "
        "spec.template.spec.containers[0].args[2] |        - longhornio/longhorn-engine:v1.4.0\n"
        "a.yaml:18:11+48 yaml: image ko://github.com/tektoncd/pipeline/cmd/entrypoint - "
        "Deployment:/op spec.template.spec.containers[0].args[7] "
        "|        - ko://github.com/tektoncd/pipeline/cmd/entrypoint\n"
        "a.yaml:20:49+42 yaml: image oci://quay.io/kuadrant/wasm-shim v0.12.3 Deployment:/op "
        "spec.template.spec.containers[0].env[0].value "
        "|        - {name: RELATED_IMAGE_WASMSHIM, value: "
        "\"oci://quay.io/kuadrant/wasm-shim:v0.12.3\"}\n"
        "a.yaml:21:42+19 yaml: image o/validator devel Deployment:/op "
        "spec.template.spec.containers[0].env[1].value "
        "|        - {name: VALIDATOR_IMAGE, value: \"o/validator:devel\"}\n"
        "a.yaml:23:34+21 yaml: image quay.io/o/operand 1.2 Deployment:/op "
        "spec.template.spec.containers[0].env[3].value "
        "|        - {name: OPERAND, value: quay.io/o/operand:1.2}\n");
}

TEST(YamlFile, FollowsConfiguredFields) {
    EXPECT_EQ(read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: setters}\n"
                   "data:\n  image.tag: o/a:v1\n  other: o/b:v1\n",
                   {.paths = {"data.image\\.tag", "data.none"}}),
              "\n"
              "a.yaml:5:14+6 yaml: image o/a v1 ConfigMap:/setters data.image\\.tag |  image.tag: "
              "o/a:v1\n");
    EXPECT_EQ(
        read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
             "  - image: o/a:v1\n    args: [--proxy, o/p, --side=o/s]\n"
             "    env: [{name: SIDECAR, value: o/c}]\n"
             "  extra: [{ref: o/d}, {ref: {repository: o/e, tag: v2}}]\n",
             {.environment = {"SIDE*"},
              .arguments = {"--proxy", "--side"},
              .paths = {"spec.extra[].ref", "spec.containers[0].image"}}),
        "\n"
        "a.yaml:6:12+6 yaml: image o/a v1 Pod:/p spec.containers[0].image |  - image: o/a:v1\n"
        "a.yaml:7:21+3 yaml: image o/p - Pod:/p spec.containers[0].args[1] "
        "|    args: [--proxy, o/p, --side=o/s]\n"
        "a.yaml:7:26+10 yaml: image o/s - Pod:/p spec.containers[0].args[2] "
        "|    args: [--proxy, o/p, --side=o/s]\n"
        "a.yaml:8:34+3 yaml: image o/c - Pod:/p spec.containers[0].env[0].value "
        "|    env: [{name: SIDECAR, value: o/c}]\n"
        "a.yaml:9:17+3 yaml: image o/d - Pod:/p spec.extra[0].ref "
        "|  extra: [{ref: o/d}, {ref: {repository: o/e, tag: v2}}]\n"
        "a.yaml:9:52+2 yaml: image o/e v2 Pod:/p spec.extra[1].ref "
        "|  extra: [{ref: o/d}, {ref: {repository: o/e, tag: v2}}]\n");
}

TEST(YamlFile, DeclaresWhatCustomResourcesName) {
    EXPECT_EQ(read("apiVersion: operators.coreos.com/v1alpha1\n"
                   "kind: ClusterServiceVersion\n"
                   "metadata:\n"
                   "  name: op.v0.158.0\n"
                   "  annotations: {containerImage: quay.io/o/op:v0.158.0}\n"
                   "spec:\n"
                   "  version: 0.158.0\n"
                   "  relatedImages:\n"
                   "  - {name: x, image: o/x:v0.158.0}\n"
                   "---\n"
                   "apiVersion: operators.coreos.com/v1alpha1\n"
                   "kind: CatalogSource\n"
                   "metadata: {name: cat}\n"
                   "spec: {image: o/catalog:latest}\n"
                   "---\n"
                   "apiVersion: nvidia.com/v1\n"
                   "kind: ClusterPolicy\n"
                   "metadata: {name: cp}\n"
                   "spec:\n"
                   "  operator: {image: plain}\n"
                   "  validator: {repository: nvcr.io/nvidia, image: gpu-operator-validator, "
                   "version: v22.9.1}\n"
                   "  image: o/thing:v3.1\n"),
              "\n"
              "a.yaml:4:9+11 yaml: object_version op 0.158.0 ClusterServiceVersion:/op.v0.158.0 "
              "metadata.name |  name: op.v0.158.0\n"
              "a.yaml:5:33+21 yaml: image quay.io/o/op v0.158.0 ClusterServiceVersion:/op.v0.158.0 "
              "metadata.annotations.containerImage |  annotations: {containerImage: "
              "quay.io/o/op:v0.158.0}\n"
              "a.yaml:7:12+7 yaml: object_version op 0.158.0 ClusterServiceVersion:/op.v0.158.0 "
              "spec.version |  version: 0.158.0\n"
              "a.yaml:9:22+12 yaml: image o/x v0.158.0 ClusterServiceVersion:/op.v0.158.0 "
              "spec.relatedImages[0].image |  - {name: x, image: o/x:v0.158.0}\n"
              "a.yaml:14:15+16 yaml: image o/catalog latest CatalogSource:/cat spec.image "
              "|spec: {image: o/catalog:latest}\n"
              "a.yaml:21:83+7 yaml: image nvcr.io/nvidia/gpu-operator-validator v22.9.1 "
              "ClusterPolicy:/cp spec.validator "
              "|  validator: {repository: nvcr.io/nvidia, image: gpu-operator-validator, version: "
              "v22.9.1}\n"
              "a.yaml:22:10+12 yaml: image o/thing v3.1 ClusterPolicy:/cp spec.image "
              "|  image: o/thing:v3.1\n");
}

TEST(YamlFile, DefinitionsAndOtherYamlDeclareNothing) {
    EXPECT_EQ(read("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
                   "metadata: {name: x}\nspec: {containers: [{image: o/a:v1}]}\n"),
              "\n");
    EXPECT_EQ(read("image: o/a:v1\ncontainers: [{image: o/b:v1}]\n"), "\n");
    EXPECT_EQ(read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
                   "data: {image: o/a:v1, pod: 'containers: [{image: o/b:v1}]'}\n"),
              "\n");
    EXPECT_EQ(read("a: b\n  c: {{ image }}\n"), "\n");
}

TEST(YamlFile, ATemplateIsAGapThatMentionsItsImages) {
    EXPECT_EQ(read("apiVersion: apps/v1\n"
                   "kind: Deployment\n"
                   "metadata:\n"
                   "  name: {{ .Name }}\n"
                   "spec:\n"
                   "  containers:\n"
                   "  - image: docker.io/emissary/emissary:%version%\n"
                   "  - image: \"quay.io/o/b:{{ .Tag }}\"\n"
                   "  - image: quay.io/o/c:$version$\n"
                   "    args: [--x=o/d:v1]\n"),
              "\ngap yaml: a.yaml:4:10: invalid map key: a mapping or a list, not a string "
              "[docker.io/emissary/emissary, quay.io/o/b, quay.io/o/c, o/d]\n");
}

TEST(YamlFile, AVariableInATagIsDeclaredAsWritten) {
    EXPECT_EQ(
        read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
             "  - image: emissary:$version$\n  - image: ko://github.com/o/r/cmd/x\n"
             "  - image: 'app:{{ .Tag }}'\n  - image:\n"),
        "\n"
        "a.yaml:6:12+18 yaml: image emissary $version$ Pod:/p spec.containers[0].image "
        "|  - image: emissary:$version$\n"
        "a.yaml:7:12+25 yaml: image ko://github.com/o/r/cmd/x - Pod:/p spec.containers[1].image "
        "|  - image: ko://github.com/o/r/cmd/x\n"
        "a.yaml:8:12+16 yaml: image app {{ .Tag }} Pod:/p spec.containers[2].image "
        "|  - image: 'app:{{ .Tag }}'\n");
}

TEST(YamlFile, JsonIsReadToo) {
    EXPECT_EQ(read("{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"p\"},\n"
                   " \"spec\": {\"containers\": [{\"image\": \"o/a:v1\"}]}}\n"),
              "\n"
              "a.yaml:2:36+8 yaml: image o/a v1 Pod:/p spec.containers[0].image "
              "| \"spec\": {\"containers\": [{\"image\": \"o/a:v1\"}]}}\n");
}

TEST(YamlFile, AFileWithTooManyImagesIsReadInPartAndThatIsSaid) {
    std::string text = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"containers\": [";
    for (int count = 0; count < 30'000; ++count) text += "{\"image\": \"o/a:v1\"},";
    text += "{}]}";
    const Facts facts = read_yaml_file(MemoryTree{{"a.json", text}}, "a.json");
    EXPECT_EQ(facts.declarations.size(), 20'000U);
    EXPECT_EQ(print(Facts{{facts.declarations.back()}, facts.gaps}),
              "\n"
              "a.json:1:400042+8 yaml: image o/a v1 Pod:/ containers[19999].image |\n"
              "gap yaml: a.json: `a.json` names 20000 images or versions or more; only the first "
              "were read (leave it out by a path rule) []\n");
}

TEST(YamlFile, AFileThatCannotBeReadIsAGap) {
    EXPECT_EQ(print(read_yaml_file(MemoryTree{}, "missing.yaml")),
              "\ngap yaml: missing.yaml: `missing.yaml` does not exist []\n");
}

}  // namespace
}  // namespace lockstep::manifest
