#include "kustomize/variables.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

TEST(Variables, KeepTypesOnlyWhereTheyAreTheWholeText) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(namePrefix: p-
resources: [objects.yaml]
vars:
- name: NAME
  objref: {kind: Service, apiVersion: v1, name: s}
- name: PORT
  objref: {kind: Service, apiVersion: v1, name: s}
  fieldref: {fieldPath: "spec.ports[0].port"}
- name: BIG
  objref: {kind: Service, apiVersion: v1, name: s}
  fieldref: {fieldPath: spec.big}
- name: DAY
  objref: {kind: Service, apiVersion: v1, name: s}
  fieldref: {fieldPath: spec.day}
- name: SPEC
  objref: {kind: Service, apiVersion: v1, name: s}
  fieldref: {fieldPath: spec}
)yaml"},
        {"objects.yaml", R"yaml(apiVersion: v1
kind: Service
metadata: {name: s}
spec: {ports: [{port: 0080, targetPort: $(PORT)}], big: 1e21, day: 2020-01-01}
---
apiVersion: v1
kind: Pod
metadata:
  name: pod
  annotations: {dollars: "$$(PORT) $$$(PORT) $x $( $", big: "$(BIG)", in: "a$(BIG)"}
spec:
  containers:
  - name: c
    args: ["$(PORT)", ":$(PORT)", $(NAME), $(DAY), $(UNKNOWN), $(SPEC), "yes"]
    command:
    - >
      folded
        more
      text
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
kind: Service
metadata:
  name: p-s
spec:
  big: 1e+21
  day: "2020-01-01T00:00:00Z"
  ports:
  - port: 80
    targetPort: 80
---
apiVersion: v1
kind: Pod
metadata:
  annotations:
    big: "1000000000000000000000"
    dollars: $(PORT) $80 $x $( $
    in: a1e+21
  name: p-pod
spec:
  containers:
  - args:
    - 80
    - :80
    - p-s
    - "2020-01-01"
    - $(UNKNOWN)
    - $(SPEC)
    - "yes"
    command:
    - |
      folded
        more
      text
    name: c
)yaml");
}

TEST(Variables, FollowTheirObjectsThroughTheTree) {
    const MemoryTree tree = {
        {"one/kustomization.yaml", R"yaml(namePrefix: x-
resources: [s.yaml]
vars:
- name: A
  objref: {kind: Service, apiVersion: v1, name: s}
)yaml"},
        {"one/s.yaml", R"yaml(apiVersion: v1
kind: Service
metadata: {name: s, namespace: foo}
)yaml"},
        {"two/kustomization.yaml", R"yaml(nameSuffix: -y
resources: [s.yaml]
)yaml"},
        {"two/s.yaml", R"yaml(apiVersion: v1
kind: Service
metadata: {name: s, namespace: bar}
)yaml"},
        {"component/kustomization.yaml", R"yaml(kind: Component
apiVersion: kustomize.config.k8s.io/v1alpha1
vars:
- name: C
  objref: {kind: ConfigMap, apiVersion: v1, name: map}
)yaml"},
        {"overlay/kustomization.yaml", R"yaml(namespace: all
resources: [../one, ../two, pod.yaml]
components: [../component]
vars:
- name: B
  objref: {kind: Service, apiVersion: v1, name: s, namespace: bar}
configMapGenerator:
- name: map
  literals: [a=b]
)yaml"},
        {"overlay/pod.yaml", R"yaml(apiVersion: v1
kind: Pod
metadata: {name: p, annotations: {a: $(A), b: $(B), c: $(C)}}
)yaml"},
    };
    EXPECT_EQ(built(tree, "overlay"), R"yaml(apiVersion: v1
data:
  a: b
kind: ConfigMap
metadata:
  name: map-4h2mbtbbt6
  namespace: all
---
apiVersion: v1
kind: Service
metadata:
  name: s-y
  namespace: all
---
apiVersion: v1
kind: Service
metadata:
  name: x-s
  namespace: all
---
apiVersion: v1
kind: Pod
metadata:
  annotations:
    a: x-s
    b: s-y
    c: map-4h2mbtbbt6
  name: p
  namespace: all
)yaml");
}

// What an earlier step wrote has no type of its own, and goes on as the text that it is.
TEST(Variables, AreTextsWhereTheirValueHasNoType) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [r.yaml]
vars:
- name: A
  objref: {kind: Service, apiVersion: v1, name: s}
  fieldref: {fieldPath: spec.clusterIP}
- name: B
  objref: {kind: Service, apiVersion: v1, name: s}
replicas: [{name: d, count: 2}]
namePrefix: "1"
transformers: [t.yaml]
)yaml"},
        {"t.yaml", R"yaml(apiVersion: builtin
kind: ValueAddTransformer
metadata: {name: t}
value: "12"
targets:
- selector: {kind: Service}
  fieldPath: spec/clusterIP
)yaml"},
        {"r.yaml", R"yaml(apiVersion: v1
kind: Service
metadata: {name: s}
spec: {clusterIP: old}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: '1'
  template:
    spec:
      containers:
      - name: c
        args: [$(A), x$(A), $(B), "$(A)"]
        env: [{name: E, value: $(A)}, {name: F, value: "$(B)"}]
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
kind: Service
metadata:
  name: 1s
spec:
  clusterIP: 12
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: 1d
spec:
  replicas: "2"
  template:
    spec:
      containers:
      - args:
        - "12"
        - x12
        - 1s
        - "12"
        env:
        - name: E
          value: "12"
        - name: F
          value: 1s
        name: c
)yaml");
}

constexpr const char* entry = "vars:\n- name: A\n  objref: {kind: Pod, apiVersion: v1, name: p}\n";

TEST(Variables, AreNamedOnce) {
    const MemoryTree tree = {
        {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"},
        {"base/kustomization.yaml", std::string("resources: [pod.yaml]\n") + entry},
        {"base/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"},
        {"kustomization.yaml", std::string("resources: [base]\n") + entry},
    };
    EXPECT_EQ(built(tree), "error: kustomization.yaml:3:9: the var `A` already encountered");
}

TEST(Variables, NeedAnObjectWithTheField) {
    const MemoryTree tree = {
        {"kustomization.yaml", std::string("resources: [pod.yaml]\n") + entry},
        {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: q}\n"},
    };
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:3:9: the var `A` cannot be mapped to a field in the set "
              "of known resources: it names no object");
}

TEST(Variables, WarnOfNamesThatNobodyAskedFor) {
    const MemoryTree tree = {
        {"kustomization.yaml", std::string("resources: [pod.yaml]\n") + entry},
        {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"},
    };
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value());
    const std::vector<std::string> expected = {
        "# Warning: 'vars' is deprecated. Please use 'replacements' instead. [EXPERIMENTAL] Run "
        "'kustomize edit fix' to update your Kustomization automatically.",
        "well-defined vars that were never replaced: A"};
    EXPECT_EQ(rendering->warnings, expected);
}

TEST(Variables, HaveThePlaceOfTheirValue) {
    const MemoryTree tree = {
        {"kustomization.yaml", std::string("resources: [pod.yaml]\n") + entry},
        {"pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations: {a: $(A)}\n  name: p\n"},
    };
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value());
    const yaml::Node* const value = rendering->objects[0]->at("metadata", "annotations", "a");
    EXPECT_EQ(to_string(value->mark.location()), "pod.yaml:5:9");
}

}  // namespace
}  // namespace lockstep::kustomize
