#include "kustomize/merge.h"

#include <gtest/gtest.h>

#include "kustomize/parsed.h"

namespace lockstep::kustomize {
namespace {

using testing::parsed;
using testing::printed;

std::string merged(const std::string& object, const std::string& patch) {
    yaml::Arena arena;
    yaml::Node* const target = parsed(arena, object);
    const Result<Merged> result = merge(arena, *target, *parsed(arena, patch), Schemas());
    if (!result.has_value()) return "error: " + to_string(result.error());
    return *result == Merged::removed ? "removed" : printed(*target);
}

/// The lists of a pod, merged as those of a known kind.
std::string merged_pod(const std::string& spec, const std::string& patch) {
    const std::string head = "apiVersion: v1\nkind: Pod\nspec:\n";
    const std::string text = merged(head + spec, head + patch);
    return text.starts_with(head.substr(0, 13)) ? text.substr(head.size()) : text;
}

TEST(Merge, ReplacesScalarsAndDeletesWithNull) {
    EXPECT_EQ(merged("data: {a: one, b: two}", "data: {a: three, b: null, c: null}"),
              "data:\n  a: three\n");
}

TEST(Merge, PutsThePatchsElementsFirst) {
    EXPECT_EQ(merged_pod("  containers: [{name: a, image: a:1}, {name: b, image: b:1}]",
                         "  containers: [{name: new, image: new:1}, {name: b, image: b:2}]"),
              "  containers:\n"
              "  - image: new:1\n    name: new\n"
              "  - image: b:2\n    name: b\n"
              "  - image: a:1\n    name: a\n");
}

TEST(Merge, ReplacesListsOfUnknownKinds) {
    EXPECT_EQ(merged("apiVersion: example.com/v1\nkind: Job\ncontainers: [{name: a}, {name: b}]",
                     "containers: [{name: b, image: x}]"),
              "apiVersion: example.com/v1\ncontainers:\n- image: x\n  name: b\nkind: Job\n");
}

TEST(Merge, GivesAnEmbeddedObjectTheSchemaOfItsKind) {
    EXPECT_EQ(merged("pod: {apiVersion: v1, kind: Pod, spec: {containers: [{name: a}]}}",
                     "pod: {spec: {containers: [{name: b}]}}"),
              "pod:\n  apiVersion: v1\n  kind: Pod\n  spec:\n    containers:\n"
              "    - name: b\n    - name: a\n");
}

TEST(Merge, EmptiesAListWhoseElementLacksTheKey) {
    EXPECT_EQ(merged_pod("  containers: [{name: a, image: a:1}]", "  containers: [{image: x}]"),
              "  containers: []\n");
}

TEST(Merge, LeavesAMergedListAloneForAnEmptyOne) {
    EXPECT_EQ(merged_pod("  containers: [{name: a}]", "  containers: []"),
              "  containers:\n  - name: a\n");
}

TEST(Merge, KeepsAPortWhoseProtocolThePatchDoesNotName) {
    EXPECT_EQ(
        merged_pod("  containers: [{name: a, ports: [{containerPort: 53, protocol: UDP}]}]",
                   "  containers: [{name: a, ports: [{containerPort: 53, hostPort: 5}]}]"),
        "  containers:\n  - name: a\n    ports:\n    - containerPort: 53\n      protocol: UDP\n");
}

TEST(Merge, MatchesPortsByNumberWhereNoneHasAProtocol) {
    EXPECT_EQ(merged_pod("  containers: [{name: a, ports: [{containerPort: 53}]}]",
                         "  containers: [{name: a, ports: [{containerPort: 53, hostPort: 5}]}]"),
              "  containers:\n  - name: a\n    ports:\n    - containerPort: 53\n"
              "      hostPort: 5\n");
}

TEST(Merge, MergesFinalizersAsASet) {
    EXPECT_EQ(merged("apiVersion: v1\nkind: Pod\nmetadata: {finalizers: [a, b]}",
                     "apiVersion: v1\nkind: Pod\nmetadata: {finalizers: [c, b]}"),
              "apiVersion: v1\nkind: Pod\nmetadata:\n  finalizers:\n  - c\n  - b\n  - a\n");
}

TEST(Merge, ObeysDirectives) {
    EXPECT_EQ(merged("a: {b: 1, c: 2}", "a: {$patch: replace, d: 3}"), "a:\n  d: 3\n");
    EXPECT_EQ(merged("a: {b: 1}\nc: 2", "a: {$patch: delete}"), "c: 2\n");
    EXPECT_EQ(merged("a: 1", "$patch: delete"), "removed");
    EXPECT_EQ(merged("a: 1\nb: {c: 1}", "$patch: replace\nb: {d: 1}"), "a: 1\nb:\n  c: 1\n");
    EXPECT_EQ(merged_pod("  containers: [{name: a}, {name: b}]",
                         "  containers: [{name: a, $patch: delete}]"),
              "  containers:\n  - name: b\n");
    EXPECT_EQ(merged_pod("  containers: [{name: a}]", "  containers: [{$patch: replace}]"),
              "  containers: []\n");
    EXPECT_EQ(merged("a: {b: 1}", "a: {$patch: remove}"),
              "error: test.yaml:1:13: unknown patch strategy `remove` of `$patch`, expected merge, "
              "replace or delete");
}

TEST(Merge, KeepsDirectivesItDoesNotKnowAsData) {
    EXPECT_EQ(merged("a: [1, 2]", "a: [{$patch: delete}]"), "a:\n- $patch: delete\n");
    EXPECT_EQ(merged("a: {b: 1}", "a: {$retainKeys: [b]}"), "a:\n  $retainKeys:\n  - b\n  b: 1\n");
}

TEST(Merge, KeepsTheQuotesOfWhatItReplaces) {
    EXPECT_EQ(merged("a: \"5\"\nb: 5", "a: 6\nb: \"7\""), "a: \"6\"\nb: \"7\"\n");
}

TEST(Merge, DropsEmptyNullsButKeepsWrittenOnes) {
    EXPECT_EQ(merged("a:\nb: null\nc: 1", "c: 2"), "b: null\nc: 2\n");
}

TEST(Merge, RefusesAChangeOfKind) {
    EXPECT_EQ(merged("a: {b: 1}", "a: text"),
              "error: test.yaml:1:4: wrong node kind: expected MappingNode but got ScalarNode: "
              "found a scalar where the object has a mapping");
}

TEST(Merge, GivesEachScalarTheMarkOfItsDecider) {
    yaml::Arena arena;
    yaml::Node* const object = parsed(arena, "a: 1\nb: 2");
    ASSERT_TRUE(merge(arena, *object, *parsed(arena, "\n\nb: 3"), Schemas()).has_value());
    EXPECT_EQ(object->find("a")->mark.line, 1u);
    EXPECT_EQ(object->find("b")->mark.line, 3u);
}

TEST(Merge, RefusesToMergeListsBeyondAllMeasure) {
    std::string list = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";
    for (int i = 0; i < 8000; ++i) list += "  - name: c" + std::to_string(i) + "\n";
    EXPECT_EQ(merged(list, list),
              "error: test.yaml:5:3: found a list of 16000 elements to merge, which would take "
              "too long");
}

TEST(Schemas, ReadsAnOpenApiDocument) {
    yaml::Arena arena;
    const yaml::Node* const document = parsed(arena,
                                              "definitions:\n"
                                              "  item: {properties: {self: {$ref: "
                                              "'#/definitions/item'}}}\n"
                                              "  thing:\n"
                                              "    x-kubernetes-group-version-kind:\n"
                                              "    - {group: g, version: v1, kind: Thing}\n"
                                              "    properties:\n"
                                              "      list:\n"
                                              "        type: array\n"
                                              "        items: {$ref: '#/definitions/item'}\n"
                                              "        x-kubernetes-patch-strategy: merge\n"
                                              "        x-kubernetes-patch-merge-key: id\n");
    const Schemas schemas = Schemas::from_open_api(arena, *document);
    EXPECT_EQ(schemas.find("v1", "Pod"), nullptr);
    const Schema* const thing = schemas.find("g/v1", "Thing");
    ASSERT_NE(thing, nullptr);
    const Schema* const list = thing->field("list");
    ASSERT_NE(list, nullptr);
    EXPECT_TRUE(list->merges);
    ASSERT_EQ(list->keys.size(), 1u);
    EXPECT_EQ(list->keys[0], "id");
    EXPECT_EQ(list->element->field("self"), list->element);
    EXPECT_EQ(thing->field("other"), nullptr);
}

TEST(Schemas, FindsEachKindOfKubernetes) {
    const Schemas schemas;
    EXPECT_TRUE(
        schemas.find("apps/v1", "Deployment")->field("metadata")->field("finalizers")->merges);
    EXPECT_FALSE(schemas.find("v1", "ConfigMap")->field("data")->merges);
    EXPECT_EQ(schemas.find("autoscaling/v2", "HorizontalPodAutoscaler"), nullptr);
    EXPECT_EQ(schemas.find("extensions/v1beta1", "Deployment"), nullptr);
}

}  // namespace
}  // namespace lockstep::kustomize
