#include "kustomize/json_patch.h"

#include <gtest/gtest.h>

#include "kustomize/json_form.h"
#include "kustomize/json_text.h"
#include "kustomize/parsed.h"

namespace lockstep::kustomize {
namespace {

using testing::parsed;
using testing::printed;

std::string patched(const std::string& object, const std::string& operations) {
    yaml::Arena arena;
    yaml::Node* const target = parsed(arena, object);
    const yaml::Node* const patch = parsed(arena, operations, yaml::Dialect::kustomization);
    const Result<void> result = apply_json_patch(arena, *target, *patch);
    return result.has_value() ? printed(*target) : "error: " + to_string(result.error());
}

TEST(JsonPatch, AppliesEachOperation) {
    EXPECT_EQ(patched("a: 1", "- {op: add, path: /b, value: 2}"), "a: 1\nb: 2\n");
    EXPECT_EQ(patched("a: 1\nb: 2", "- {op: remove, path: /a}"), "b: 2\n");
    EXPECT_EQ(patched("a: 1", "- {op: replace, path: /a, value: [x]}"), "a:\n- x\n");
    EXPECT_EQ(patched("a: {b: 1}\nc: {}", "- {op: move, from: /a/b, path: /c/d}"),
              "a: {}\nc:\n  d: 1\n");
    EXPECT_EQ(patched("a: {b: 1}", "- {op: copy, from: /a, path: /c}"), "a:\n  b: 1\nc:\n  b: 1\n");
    EXPECT_EQ(patched("a: {b: [1]}", "- {op: test, path: /a, value: {b: [1]}}"),
              "a:\n  b:\n  - 1\n");
}

TEST(JsonPatch, CountsFromBothEndsOfAList) {
    EXPECT_EQ(patched("a: [1, 2]", "- {op: add, path: /a/0, value: 0}"), "a:\n- 0\n- 1\n- 2\n");
    EXPECT_EQ(patched("a: [1, 2]", "- {op: add, path: /a/-, value: 3}"), "a:\n- 1\n- 2\n- 3\n");
    EXPECT_EQ(patched("a: [1, 2]", "- {op: add, path: /a/-1, value: 3}"), "a:\n- 1\n- 2\n- 3\n");
    EXPECT_EQ(patched("a: [1, 2]", "- {op: remove, path: /a/-1}"), "a:\n- 1\n");
    EXPECT_EQ(patched("a: [1, 2]", "- {op: replace, path: /a/-2, value: 9}"), "a:\n- 9\n- 2\n");
    EXPECT_EQ(patched("a: [1]", "- {op: remove, path: /a/1}"),
              "error: test.yaml:1:22: the patch operation `remove /a/1` does not apply: a list of "
              "1 has no index `1`: invalid index referenced");
}

TEST(JsonPatch, ReadsEscapedPointers) {
    EXPECT_EQ(patched("m: {}", "- {op: add, path: /m/a~1b~0c, value: x}"), "m:\n  a/b~c: x\n");
}

TEST(JsonPatch, CreatesWhatItReplacesButNotParents) {
    EXPECT_EQ(patched("a: 1", "- {op: replace, path: /b, value: 2}"), "a: 1\nb: 2\n");
    EXPECT_EQ(patched("a: 1", "- {op: add, path: /b/c, value: 2}"),
              "error: test.yaml:1:19: the patch operation `add /b/c` does not apply: there is no "
              "mapping or list at `b`");
}

TEST(JsonPatch, AddsNullWithoutAValue) {
    EXPECT_EQ(patched("a: 1", "- {op: add, path: /b}"), "a: 1\nb: null\n");
}

TEST(JsonPatch, RefusesWhatItCannotDo) {
    EXPECT_EQ(patched("a: 1", "- {op: remove, path: /b}"),
              "error: test.yaml:1:22: the patch operation `remove /b` does not apply: unable to "
              "remove nonexistent key `b`: missing value");
    EXPECT_EQ(patched("a: 1", "- {op: test, path: /a, value: 2}"),
              "error: test.yaml:1:20: the patch operation `test /a` does not apply: test failed: "
              "the object has another value");
    EXPECT_EQ(patched("a: 1", "- {op: Add, path: /a}"),
              "error: test.yaml:1:19: the patch operation `Add /a` has the op `Add`, expected "
              "add, remove, replace, move, copy or test");
}

TEST(JsonPatch, TakesNumbersThroughFloat64) {
    EXPECT_EQ(patched("a: 9007199254740993\nb: 1", "- {op: add, path: /c, value: 2}"),
              "a: 9007199254740992\nb: 1\nc: 2\n");
}

TEST(JsonPatch, ReadsDatesAndWordsOfYamlElevenInAPatch) {
    EXPECT_EQ(patched("a: 1",
                      "- {op: add, path: /b, value: 2020-01-01}\n"
                      "- {op: add, path: /c, value: yes}"),
              "a: 1\nb: \"2020-01-01\"\nc: true\n");
}

TEST(JsonPatch, StopsCopiesOfCopies) {
    std::string patch;
    for (int i = 0; i < 40; ++i)
        patch += "- {op: copy, from: /a, path: /a/" + std::to_string(i) + "}\n";
    const std::string result = patched("a: {}", patch);
    EXPECT_TRUE(result.starts_with("error: ")) << result.substr(0, 200);
}

TEST(JsonForm, WritesNumbersAsGoDoes) {
    EXPECT_EQ(go_g(8080), "8080");
    EXPECT_EQ(go_g(1e6), "1e+06");
    EXPECT_EQ(go_g(1000660000), "1.00066e+09");
    EXPECT_EQ(go_g(0.5), "0.5");
    EXPECT_EQ(go_g(0.0001), "0.0001");
    EXPECT_EQ(go_g(0.00001), "1e-05");
    EXPECT_EQ(go_g(-2), "-2");
}

std::string read(const std::string& text) {
    yaml::Arena arena;
    const Result<yaml::Node*> node =
        read_json(arena, "p.json", std::make_shared<const std::string>(text));
    return node.has_value() ? printed(**node) : "error: " + to_string(node.error());
}

TEST(JsonText, IsAsStrictAsGo) {
    EXPECT_EQ(read(R"([{"a": "\u00e9\ud83d\ude00\/", "b": [1.5, true, null, {}], "b": 2}])"),
              "- a: \"é\\U0001F600/\"\n  b: 2\n");
    EXPECT_EQ(read("[a]"), "error: p.json:1:2: found `a`, expected a value of JSON");
    EXPECT_EQ(read("[1,]"), "error: p.json:1:4: found `]`, expected a value of JSON");
    EXPECT_EQ(read("[01]"), "error: p.json:1:3: found `1`, expected a comma or a closing bracket");
    EXPECT_EQ(read("[] x"), "error: p.json:1:4: found `x`, expected the end of the text");
    EXPECT_EQ(read("[\n \"a"),
              "error: p.json:2:4: found the end of the text, expected a closing "
              "double quote");
}

}  // namespace
}  // namespace lockstep::kustomize
