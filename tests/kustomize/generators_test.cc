#include <gtest/gtest.h>

#include "kustomize/built.h"
#include "kustomize/data_value.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

// The hashes in these texts are what `kustomize build` 5.8.2 prints.

TEST(Generators, ReadEnvsThenLiteralsThenFiles) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"(configMapGenerator:
- name: settings
  files: [app.conf, renamed=dir/other]
  literals: ['quoted="x=y"']
  envs: [vars.env]
generatorOptions: {disableNameSuffixHash: true, labels: {from: all}}
)"},
        {"app.conf", "one\ntwo\n"},
        {"dir/other", "o"},
        {"vars.env", "\xEF\xBB\xBF# comment\n  A=1 \nEMPTY\nB=2\r\n"},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
data:
  A: '1 '
  B: "2"
  EMPTY: ""
  app.conf: |
    one
    two
  quoted: x=y
  renamed: o
kind: ConfigMap
metadata:
  labels:
    from: all
  name: settings
)");
}

TEST(Generators, HashTheContentIntoTheNameAndItsReferences) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "resources: [pod.yaml]\nconfigMapGenerator:\n- {name: one, literals: [a=b]}\n"},
        {"pod.yaml", R"(apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  volumes:
  - configMap:
      name: one
)"},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
data:
  a: b
kind: ConfigMap
metadata:
  name: one-4h2mbtbbt6
---
apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  volumes:
  - configMap:
      name: one-4h2mbtbbt6
)");
}

TEST(Generators, HashAnEmptyConfigMap) {
    EXPECT_EQ(built({{"kustomization.yaml", "configMapGenerator:\n- name: three\n"}}),
              R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: three-6ct58987ht
)");
}

TEST(Generators, MergeIntoTheObjectTheyName) {
    const MemoryTree tree = {
        {"base/kustomization.yaml",
         "configMapGenerator:\n- {name: c, literals: [a=1, b=2]}\n"
         "generatorOptions: {disableNameSuffixHash: true}\n"},
        {"kustomization.yaml",
         "resources: [base]\nconfigMapGenerator:\n"
         "- {name: c, behavior: merge, literals: [b=3, c=4]}\n"},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
data:
  a: "1"
  b: "3"
  c: "4"
kind: ConfigMap
metadata:
  name: c
)");
}

TEST(Generators, RefuseAKeyThatComesTwice) {
    const MemoryTree tree = {
        {"kustomization.yaml", "configMapGenerator:\n- {name: c, literals: [a=1, a=2]}\n"}};
    EXPECT_EQ(built(tree), "error: kustomization.yaml:2:29: `c` repeats the key `a`");
}

TEST(Generators, RefuseToMergeIntoNothing) {
    const MemoryTree tree = {
        {"kustomization.yaml", "secretGenerator:\n- {name: c, behavior: merge}\n"}};
    EXPECT_EQ(built(tree),
              "error: kustomization.yaml:2:3: Secret.v1.[noGrp]/c.[noNs] does not "
              "exist; cannot merge or replace");
}

TEST(Generators, WriteBytesThatAreNoTextAsBinaryData) {
    const MemoryTree tree = {
        {"kustomization.yaml",
         "configMapGenerator:\n- {name: c, files: [raw]}\n"
         "generatorOptions: {disableNameSuffixHash: true}\n"},
        {"raw", "\xFF\xFE"},
    };
    EXPECT_EQ(built(tree), R"(apiVersion: v1
binaryData:
  raw: //4=
kind: ConfigMap
metadata:
  name: c
)");
}

TEST(DataValue, BreaksBase64AfterSeventyCharacters) {
    EXPECT_EQ(base64_lines("ab"), "YWI=");
    EXPECT_EQ(base64_lines(std::string(54, 'a')),
              "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYW\nFh\n");
}

TEST(DataValue, KnowsUtf8AsGoDoes) {
    EXPECT_TRUE(is_utf8("h\xC3\xA9 \xF0\x9F\x98\x80"));
    EXPECT_FALSE(is_utf8("\xC0\x80"));
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));
    EXPECT_FALSE(is_utf8("\xE2\x82"));
}

// Data that reads as something else comes into quotes, and keeps them whatever takes its place.
TEST(Generators, KeepTheirDataInQuotes) {
    const MemoryTree tree = {{"kustomization.yaml", R"yaml(configMapGenerator:
- name: m
  literals: [a=12, b=on, c=1e5, d=text, e=null, "f=2024-01-01", g=]
  options: {disableNameSuffixHash: true}
secretGenerator:
- name: s
  literals: [a=12]
replacements:
- source: {kind: ConfigMap, fieldPath: data.a}
  targets:
  - select: {kind: ConfigMap}
    fieldPaths: [data.d, data.b, data.g]
  - select: {kind: ConfigMap}
    fieldPaths: [data.new]
    options: {create: true}
patches:
- patch: |-
    - {op: copy, from: /data/c, path: /data/h}
  target: {kind: ConfigMap}
)yaml"}};
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
data:
  a: "12"
  b: "12"
  c: "1e5"
  d: "12"
  e: "null"
  f: "2024-01-01"
  g: "12"
  h: "1e5"
  new: 12
kind: ConfigMap
metadata:
  name: m
---
apiVersion: v1
data:
  a: MTI=
kind: Secret
metadata:
  name: s-69g5mhm9f7
type: Opaque
)yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
