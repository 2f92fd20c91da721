#include "kustomize/replacements.h"

#include <gtest/gtest.h>

#include "kustomize/built.h"
#include "kustomize/node_path.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

MemoryTree tree_with(const std::string& entry) {
    return {
        {"kustomization.yaml", "resources: [maps.yaml]\nreplacements:\n" + entry},
        {"maps.yaml",
         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {v: '7', image: 'x:1@d'}\n"
         "---\n"
         "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"
         "data: {v: old}\nlist: [{name: one, port: 1}, {name: two, port: 2}]\n"},
    };
}

/// What is printed of the second map behind its data.
std::string target_of(const std::string& entry) {
    const std::string text = built(tree_with(entry));
    const std::size_t at = text.find("---\n");
    return at == std::string::npos ? text : text.substr(at + 4);
}

std::string map_b(const std::string& data, const std::string& list) {
    return "apiVersion: v1\ndata:\n" + data + "kind: ConfigMap\nlist:\n" + list +
           "metadata:\n  name: b\n";
}

constexpr const char* list = "- name: one\n  port: 1\n- name: two\n  port: 2\n";

std::string from_a(const std::string& path, const std::string& target) {
    return "- source: {name: a, fieldPath: " + path + "}\n  targets:\n  - select: {name: b}\n" +
           target;
}

TEST(Replacements, KeepTheTypeOfWhatWasThere) {
    EXPECT_EQ(target_of(from_a("data.v", "    fieldPaths: [data.v]\n")),
              map_b("  v: \"7\"\n", list));
    EXPECT_EQ(target_of(from_a("data.v", "    fieldPaths: ['list.[name=two].port']\n")),
              map_b("  v: old\n", "- name: one\n  port: 1\n- name: two\n  port: 7\n"));
}

/// The text of a file in a map, after a replacement in it.
std::string file_with(const std::string& file, const std::string& path) {
    std::string text;
    for (const char c : file) text.append(1, c).append(c == '\n' ? "    " : "");
    const std::string built_text =
        built({{"kustomization.yaml",
                "resources: [m.yaml]\nreplacements:\n- sourceValue: '12'\n  targets:\n"
                "  - select: {kind: ConfigMap}\n    options: {create: true}\n    fieldPaths: [" +
                    path + "]\n"},
               {"m.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n"
                "  file: |-\n    " +
                    text + "\n"}});
    const std::size_t end = built_text.find("kind: ConfigMap");
    return end == std::string::npos ? built_text : built_text.substr(0, end).substr(15);
}

// Keys stay in their order, and styles as they were; no line is folded.
TEST(Replacements, WriteTheYamlOfATextAnew) {
    EXPECT_EQ(file_with("z: 1\na:   'x'\nlist:\n    - b: \"y\"\n      c: {d: e,   f: [1]}\n"
                        "    - |\n        two\n        lines",
                        "data.file.z"),
              "data:\n  file: |-\n    z: 12\n    a: 'x'\n    list:\n    - b: \"y\"\n"
              "      c: {d: e, f: [1]}\n    - |-\n      two\n      lines\n");
    EXPECT_EQ(file_with("a: {b: c}", "data.file.a.new"), "data:\n  file: 'a: {b: c, new: 12}'\n");
    EXPECT_EQ(file_with("t: true", "data.file.t"), "data:\n  file: 't: !!bool 12'\n");
    EXPECT_EQ(file_with("{}", "data.file.a.0"), "data:\n  file: '{\"a\":[12]}'\n");
    EXPECT_EQ(file_with("null", "data.file.a"), "data:\n  file: \"null\"\n");
    EXPECT_EQ(file_with("a: 1 # one", "data.file.a"),
              "error: m.yaml:5:9: unsupported: comments, anchors, tags or tabs in the YAML of a "
              "text that is replaced");
}

TEST(Replacements, CreateUntypedValues) {
    EXPECT_EQ(target_of(from_a("data.v",
                               "    fieldPaths: [data.new]\n"
                               "    options: {create: true}\n")),
              map_b("  new: 7\n  v: old\n", list));
    EXPECT_EQ(target_of(from_a("data.v", "    fieldPaths: [data.new]\n")),
              "error: kustomization.yaml:3:3: unable to find field `data.new` in replacement "
              "target ConfigMap.v1.[noGrp]/b.[noNs]");
}

TEST(Replacements, CutAtEveryDelimiter) {
    EXPECT_EQ(target_of("- source: {name: a, fieldPath: data.image, options: {delimiter: ':', "
                        "index: 1}}\n  targets:\n  - select: {name: b}\n"
                        "    fieldPaths: [data.v]\n    options: {delimiter: ':', index: 9}\n"),
              map_b("  v: old:1@d\n", list));
}

TEST(Replacements, MatchEveryElement) {
    EXPECT_EQ(target_of("- sourceValue: '5'\n  targets:\n  - select: {name: b}\n"
                        "    fieldPaths: ['list.*.port']\n"),
              map_b("  v: old\n", "- name: one\n  port: 5\n- name: two\n  port: 5\n"));
}

TEST(Replacements, NeedOneSource) {
    EXPECT_EQ(target_of("- source: {kind: ConfigMap}\n  targets: [{select: {name: b}}]\n"),
              "error: kustomization.yaml:3:3: multiple matches for selector "
              "ConfigMap.[noVer].[noGrp]/[noName].[noNs]: ConfigMap.v1.[noGrp]/a.[noNs], "
              "ConfigMap.v1.[noGrp]/b.[noNs]");
}

TEST(NodePath, SplitsAtDotsOutsideOfBrackets) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(split_path("a.b"), (Parts{"a", "b"}));
    EXPECT_EQ(split_path("a.[b.c/d].e"), (Parts{"a", "b.c/d", "e"}));
    EXPECT_EQ(split_path("a.[name=b.c].e"), (Parts{"a", "[name=b.c]", "e"}));
    EXPECT_EQ(split_path("a\\.b.c"), (Parts{"a.b", "c"}));
}

TEST(Replacements, GoOnIntoTheJsonOfAText) {
    const MemoryTree tree = {
        {"kustomization.yaml", R"yaml(resources: [maps.yaml]
replacements:
- source: {name: source, fieldPath: data.text}
  targets:
  - select: {name: target}
    fieldPaths: [data.compact.b.x, "data.indented.list.[name=two].host"]
  - select: {name: target}
    fieldPaths: [data.indented.url]
    options: {delimiter: "/", index: 2}
- source: {name: source, fieldPath: data}
  targets:
  - select: {name: target}
    fieldPaths: [data.compact.new]
    options: {create: true}
)yaml"},
        {"maps.yaml", R"yaml(apiVersion: v1
kind: ConfigMap
metadata: {name: source}
data: {text: "a<b", more: "7"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: target}
data:
  compact: '{"b": {"x": "old"}, "a": [1, true, null, {}]}'
  indented: |
    {
      "url": "http://host/path",
      "list": [{"name": "one"}, {"name": "two", "host": "old"}], "none": []
    }
)yaml"},
    };
    EXPECT_EQ(built(tree), R"yaml(apiVersion: v1
data:
  more: "7"
  text: a<b
kind: ConfigMap
metadata:
  name: source
---
apiVersion: v1
data:
  compact: '{"a":[1,true,null,{}],"b":{"x":"a\u003cb"},"new":{"more":"7","text":"a\u003cb"}}'
  indented: |-
    {
      "list": [
        {
          "name": "one"
        },
        {
          "host": "a\u003cb",
          "name": "two"
        }
      ],
      "none": [],
      "url": "http://a\u003cb/path"
    }
kind: ConfigMap
metadata:
  name: target
)yaml");
}

}  // namespace
}  // namespace lockstep::kustomize
