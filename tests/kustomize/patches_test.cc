#include "kustomize/patches.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"
#include "kustomize/label_selector.h"
#include "kustomize/parsed.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

MemoryTree tree_with(const std::string& patches) {
    return {
        {"kustomization.yaml", "resources: [maps.yaml]\npatches:\n" + patches},
        {"maps.yaml",
         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-a, labels: {tier: web}}\n"
         "data: {k: v}\n---\n"
         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web-b}\ndata: {k: v}\n"},
    };
}

std::string map(const std::string& name, const std::string& k, const std::string& labels = "") {
    return "apiVersion: v1\ndata:\n  k: " + k + "\nkind: ConfigMap\nmetadata:\n" + labels +
           "  name: " + name + "\n";
}

constexpr const char* tier_web = "  labels:\n    tier: web\n";

TEST(Patches, SelectByWholeExpressions) {
    EXPECT_EQ(built(tree_with("- target: {name: web}\n"
                              "  patch: '[{\"op\": \"remove\", \"path\": \"/data\"}]'\n")),
              map("web-a", "v", tier_web) + "---\n" + map("web-b", "v"));
    EXPECT_EQ(built(tree_with("- target: {kind: Config.*, name: web-(b|c)}\n"
                              "  patch: |-\n    - {op: replace, path: /data/k, value: new}\n")),
              map("web-a", "v", tier_web) + "---\n" + map("web-b", "new"));
}

TEST(Patches, SelectByLabels) {
    EXPECT_EQ(built(tree_with("- target: {labelSelector: 'tier in (web,db)'}\n"
                              "  patch: |-\n    kind: any\n    metadata: {name: any}\n"
                              "    data: {k: new}\n")),
              map("web-a", "new", tier_web) + "---\n" + map("web-b", "v"));
}

TEST(Patches, NameTheirObjectWithoutATarget) {
    EXPECT_EQ(built(tree_with("- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n"
                              "    metadata: {name: web-b}\n    $patch: delete\n")),
              map("web-a", "v", tier_web));
    EXPECT_EQ(
        built(tree_with("- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n"
                        "    metadata: {name: web-c}\n")),
        "error: kustomization.yaml:4:5: no resource matches strategic merge patch: no matches for "
        "Id ConfigMap.v1.[noGrp]/web-c.[noNs]; failed to find unique target for patch");
}

TEST(Patches, TurnNullLabelsIntoTextsForATarget) {
    EXPECT_EQ(built(tree_with("- target: {name: web-a}\n  patch: |\n    kind: ConfigMap\n"
                              "    metadata: {name: x, labels: {tier: null}}\n")),
              map("web-a", "v", "  labels:\n    tier: \"null\"\n") + "---\n" + map("web-b", "v"));
}

/// Where the value that was patched in stands.
std::string decider(const std::string& patches) {
    const MemoryTree tree = tree_with(patches);
    const Result<Rendering> rendering = render(tree, "");
    if (!rendering.has_value()) return to_string(rendering.error());
    const yaml::Node& value = *rendering->objects.front()->at("data", "k");
    const std::string source =
        value.mark.source == nullptr
            ? "nowhere"
            : value.mark.source->text->substr(value.mark.offset, value.mark.length);
    return to_string(value.mark.location()) + " " + source;
}

TEST(Patches, KeepThePlaceOfAnInlineValue) {
    EXPECT_EQ(decider("- patch: |\n\n    apiVersion: v1\n    kind: ConfigMap\n"
                      "    metadata: {name: web-a}\n    data:\n      k: new\n"),
              "kustomization.yaml:9:10 new");
    EXPECT_EQ(decider("- target: {name: web-a}\n  patch: |-\n"
                      "    [{\"op\": \"add\", \"path\": \"/data/k\", \"value\": \"new\"}]\n"),
              "kustomization.yaml:5:48 \"new\"");
}

std::string patched(const std::string& object, const std::string& patch) {
    const std::string head = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n";
    const std::string text =
        testing::built({{"kustomization.yaml", "resources: [r.yaml]\npatches: [{path: p.yaml}]\n"},
                        {"r.yaml", head + object},
                        {"p.yaml", head + patch}});
    return text.substr(0, text.find("metadata:"));
}

// As kustomize has it: the comment of the object counts before that of the patch.
TEST(Patches, MergeByTheSchemaOfAComment) {
    const std::string schema = R"( # {"type": "array", "x-kubernetes-patch-strategy": "merge", )"
                               R"("x-kubernetes-patch-merge-key": "name"})";
    const std::string merged =
        "apiVersion: example.com/v1\nkind: Thing\nlist:\n- name: b\n- name: a\n";
    EXPECT_EQ(patched("list:" + schema + "\n- name: a\n", "list: [{name: b}]\n"), merged);
    EXPECT_EQ(patched("list: [{name: a}]\n", "list:" + schema + "\n- name: b\n"), merged);
    EXPECT_EQ(
        patched("list: # {\"type\": \"array\"}\n- name: a\n", "list:" + schema + "\n- name: b\n"),
        "apiVersion: example.com/v1\nkind: Thing\nlist:\n- name: b\n");
    EXPECT_EQ(patched(schema.substr(1) + "\nlist: [{name: a}]\n", "list: [{name: b}]\n"),
              "error: r.yaml:4:1: accumulating resources from `r.yaml`: unsupported: a schema in a "
              "comment here");
}

TEST(Patches, ForgetTheSchemaOfACommentOverJson) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [r.yaml]
patches:
- target: {kind: Thing}
  patch: '[{"op": "add", "path": "/x", "value": 1}]'
- patch: |-
    {apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, list: [{name: b}]}
)yaml"},
        {"r.yaml", R"yaml(apiVersion: example.com/v1
kind: Thing
metadata: {name: t}
list: # {"type": "array", "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "name"}
- name: a
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: example.com/v1
kind: Thing
list:
- name: b
metadata:
  name: t
x: 1
)yaml");
}

// It finds the string of that text, and is no key of its own.
TEST(Patches, HaveNumbersForKeys) {
    EXPECT_EQ(patched("data: {'12': a}\n", "data: {12: b}\n"),
              "apiVersion: example.com/v1\ndata:\n  \"12\": b\nkind: Thing\n");
    EXPECT_EQ(patched("data: {}\n", "data: {12: b}\n"),
              "error: p.yaml:4:8: unsupported type: the key `12` is no string");
}

bool selects(const std::string& selector, const std::string& labels) {
    yaml::Arena arena;
    const Result<LabelSelector> compiled = LabelSelector::parse(selector);
    return compiled.has_value() && compiled->matches(testing::parsed(arena, labels));
}

TEST(LabelSelector, HoldsAllRequirements) {
    EXPECT_TRUE(selects("", "a: b"));
    EXPECT_TRUE(selects("a=b,c != d", "a: b"));
    EXPECT_TRUE(selects("a == b, !c, a", "a: b"));
    EXPECT_FALSE(selects("a in (x, y)", "a: b"));
    EXPECT_TRUE(selects("a notin (x,y),example.com/n>4", "{a: b, example.com/n: '5'}"));
    EXPECT_FALSE(selects("n<5", "n: '5'"));
    EXPECT_TRUE(selects("a=", "a: ''"));
}

TEST(LabelSelector, SaysWhatItExpected) {
    EXPECT_EQ(to_string(LabelSelector::parse("a=b c").error()),
              "unable to parse requirement: found `c`, expected a comma");
    EXPECT_EQ(to_string(LabelSelector::parse("a in b").error()),
              "unable to parse requirement: found `b`, expected an opening parenthesis");
    EXPECT_EQ(to_string(LabelSelector::parse("a,").error()),
              "unable to parse requirement: found the end, expected a label behind the comma");
    EXPECT_EQ(to_string(LabelSelector::parse("a=-").error()),
              "unable to parse requirement: found `-`, expected the value of a label");
}

// kustomize keeps its notes on an object in the annotations and puts them back behind a patch that
// writes these anew: references still find the object by its old name.
TEST(JsonPatches, WriteAnnotationsAnew) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [base, pod.yaml]
patches:
- target: {kind: ConfigMap}
  patch: |-
    - op: replace
      path: /metadata/annotations
      value: {x: "12", "y": abc, w: 'on', v: 1e5x}
nameSuffix: -s
)yaml"},
        {"pod.yaml", R"yaml(apiVersion: v1
kind: Pod
metadata: {name: q}
spec: {containers: [{name: c, envFrom: [{configMapRef: {name: m}}]}]}
)yaml"},
        {"base/kustomization.yaml", "resources: [r.yaml]\nnamePrefix: p-\n"},
        {"base/r.yaml", R"yaml(apiVersion: v1
kind: ConfigMap
metadata: {name: m, annotations: {z: 'on', y: "q"}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, envFrom: [{configMapRef: {name: m}}]}]}
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
kind: ConfigMap
metadata:
  annotations:
    v: 1e5x
    w: "on"
    x: "12"
    "y": abc
  name: p-m-s
---
apiVersion: v1
kind: Pod
metadata:
  name: p-p-s
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: p-m-s
    name: c
---
apiVersion: v1
kind: Pod
metadata:
  name: q-s
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: p-m-s
    name: c
)yaml");
}

/// A pod whose name is taken away, with more of the kustomization.
std::string nameless_pod(const std::string& more) {
    return built({{"kustomization.yaml",
                   "resources: [r.yaml]\npatches:\n- target: {kind: Pod}\n"
                   "  patch: '[{\"op\": \"remove\", \"path\": \"/metadata/name\"}]'\n" +
                       more},
                  {"r.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"}});
}

TEST(JsonPatches, MayTakeANameThatALaterStepGives) {
    const std::string renamed =
        "replacements:\n- sourceValue: new\n  targets:\n"
        "  - {select: {kind: Pod}, options: {create: true}}\n";
    EXPECT_EQ(nameless_pod(renamed), "apiVersion: v1\nkind: Pod\nmetadata:\n  name: new\n");
    EXPECT_EQ(nameless_pod(""), "error: r.yaml:1:1: missing metadata.name in object of kind Pod");
    EXPECT_EQ(nameless_pod("nameSuffix: -x\n" + renamed),
              "error: r.yaml:1:1: number of previous names, number of previous namespaces, number "
              "of previous kinds not equal: Pod.v1.[noGrp]/new.[noNs] was without a name or a kind "
              "for a time");
}

}  // namespace
}  // namespace lockstep::kustomize
