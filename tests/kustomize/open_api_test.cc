#include "kustomize/open_api.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(OpenApi, TakesThePlaceOfWhatKubernetesSays) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [objects.yaml]
namespace: space
openapi: {path: schema.yaml}
patches:
- patch: |
    apiVersion: example.com/v1
    kind: Foo
    metadata: {name: foo}
    spec: {parts: [{name: b, value: new}], tags: [z]}
- patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: d}
    spec: {template: {spec: {containers: [{name: b, image: new}]}}}
)yaml"},
        {"schema.yaml", R"yaml(definitions:
  foo:
    x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Foo}]
    properties: {spec: {$ref: "#/definitions/spec"}}
  spec:
    properties:
      parts: {type: array, x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: name}
      tags: {type: array, x-kubernetes-patch-strategy: merge}
paths:
  /apis/example.com/v1/foos:
    get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Foo}}
)yaml"},
        {"objects.yaml", R"yaml(apiVersion: example.com/v1
kind: Foo
metadata: {name: foo}
spec: {parts: [{name: a, value: 1}, {name: b, other: 2}], tags: [a]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {template: {spec: {containers: [{name: a, image: a}, {name: b, image: b}]}}}
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  namespace: space
spec:
  template:
    spec:
      containers:
      - image: new
        name: b
---
apiVersion: example.com/v1
kind: Foo
metadata:
  name: foo
spec:
  parts:
  - name: b
    other: 2
    value: new
  - name: a
    value: 1
  tags:
  - z
  - a
)yaml");
}

TEST(OpenApi, IsRefusedWhereKustomizeMixesSchemas) {
    const MemoryTree tree = {
        {"kustomization.yaml", "resources: [map.yaml, base]\n"},
        {"map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"},
        {"base/kustomization.yaml", "resources: []\nopenapi: {path: schema.json}\n"},
        {"base/schema.json", "{\"definitions\": {}}"},
    };
    EXPECT_EQ(built(tree),
              "error: base/kustomization.yaml:2:17: accumulating resources from `base`: "
              "unsupported: an OpenAPI schema of a base that follows other resources");
}

TEST(OpenApi, HasOneVersionBuiltIn) {
    const auto with = [](const char* field) {
        return built(MemoryTree{{"kustomization.yaml", std::string("resources: []\n") + field}});
    };
    EXPECT_EQ(with("openapi: {version: v1.21.2}\n"), "");
    EXPECT_EQ(with("openapi: {version: v1.20.4}\n"),
              "error: kustomization.yaml:2:20: the specified OpenAPI version is not built in: "
              "`v1.20.4`");
}

}  // namespace
}  // namespace lockstep::kustomize
