// What is short to write and long to render ends in a word about it, before it takes what the
// machine has.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "kustomize/built.h"

namespace lockstep::kustomize {
namespace {

using testing::built;
using testing::MemoryTree;

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int at = 0; at < times; ++at) all += text;
    return all;
}

std::string config_map(int number, const std::string& data = {}) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c" + std::to_string(number) + "}\n" +
           data;
}

/// A tree whose kustomization lists `r.yaml` with these objects.
MemoryTree tree_of(const std::string& kustomization, const std::string& objects) {
    MemoryTree tree;
    tree.write("kustomization.yaml", "resources: [r.yaml]\n" + kustomization);
    tree.write("r.yaml", objects);
    return tree;
}

std::string config_maps(int count) {
    std::string all;
    for (int number = 0; number < count; ++number) all += config_map(number) + "---\n";
    return all;
}

constexpr std::size_t limit = 4u << 20;
const std::string too_large = "the files and objects of the build take more than 4194304 bytes";

std::string said(const MemoryTree& tree) {
    const std::string text = built(tree, "", {.bytes = limit});
    return text.starts_with("error: ") ? text : "no error";
}

bool is_refused(const std::string& text) {
    return text.starts_with("error: ") && text.ends_with(too_large);
}

TEST(Limits, BytesOfFiles) {
    MemoryTree tree;
    tree.write("kustomization.yaml", "configMapGenerator:\n- name: c\n  files: [a=f, b=f, c=f]\n");
    tree.write("f", std::string(2'000'000, 'x'));
    EXPECT_EQ(said(tree), "error: kustomization.yaml:3:21: " + too_large);
    EXPECT_GT(built(tree, "", {.bytes = 16u << 20}).size(), 6'000'000u);
}

TEST(Limits, OneFileInManyBases) {
    MemoryTree tree;
    std::string bases;
    for (int at = 0; at < 50; ++at) {
        const std::string base = "b" + std::to_string(at);
        bases += base + ", ";
        tree.write(base + "/kustomization.yaml", "namePrefix: " + base + "-\nresources: [../c]\n");
    }
    tree.write("c/kustomization.yaml", "resources: [r.yaml]\n");
    tree.write("c/r.yaml", config_map(0, "data: {a: " + std::string(10'000, 'x') + "}\n"));
    tree.write("kustomization.yaml", "resources: [" + bases + "]\n");
    EXPECT_EQ(said(tree), "no error");  // parsed twice at most
    const std::string text = built(tree);
    EXPECT_NE(text.find("name: b0-c0\n"), std::string::npos);
    EXPECT_NE(text.find("name: b49-c0\n"), std::string::npos);
    EXPECT_EQ(text.find("name: b1-b0-c0\n"), std::string::npos);  // each has its own copy
}

TEST(Limits, LabelsOfManyObjects) {
    std::string labels = "commonLabels:\n";
    for (int at = 0; at < 1000; ++at) labels += "  l" + std::to_string(at) + ": v\n";
    EXPECT_TRUE(is_refused(said(tree_of(labels, config_maps(100)))));
    EXPECT_EQ(said(tree_of("commonLabels: {l: v}\n", config_maps(100))), "no error");
}

TEST(Limits, PrefixesOfManyObjects) {
    const std::string prefix = "namePrefix: " + std::string(100'000, 'x') + "\n";
    EXPECT_TRUE(is_refused(said(tree_of(prefix, config_maps(100)))));
}

TEST(Limits, PatchesOfManyObjects) {
    std::string data;
    for (int at = 0; at < 1000; ++at) data += "      k" + std::to_string(at) + ": v\n";
    const std::string patches =
        "patches:\n- target: {kind: ConfigMap}\n  patch: |\n    apiVersion: v1\n    kind: "
        "ConfigMap\n    metadata: {name: any}\n    data:\n" +
        data;
    EXPECT_TRUE(is_refused(said(tree_of(patches, config_maps(100)))));
    const std::string operations =
        "patches:\n- target: {kind: ConfigMap}\n  patch: |\n    - op: add\n      path: /data\n"
        "      value:\n";
    std::string value;
    for (int at = 0; at < 1000; ++at) value += "        k" + std::to_string(at) + ": v\n";
    EXPECT_TRUE(is_refused(said(tree_of(operations + value, config_maps(100)))));
}

TEST(Limits, ReplacementsThatDouble) {
    std::string replacements = "replacements:\n";
    for (int at = 0; at < 60; ++at)
        replacements +=
            "- source: {kind: ConfigMap, name: c0, fieldPath: data}\n  targets:\n"
            "  - select: {kind: ConfigMap}\n    fieldPaths: [data.k" +
            std::to_string(at) + "]\n    options: {create: true}\n";
    EXPECT_TRUE(is_refused(said(tree_of(replacements, config_map(0, "data: {a: b}\n")))));
    std::string texts = "replacements:\n";
    for (int at = 0; at < 60; ++at)
        texts +=
            "- source: {kind: ConfigMap, name: c0, fieldPath: data.a}\n  targets:\n"
            "  - select: {kind: ConfigMap}\n    fieldPaths: [data.a]\n"
            "    options: {delimiter: '|', index: 0}\n";
    EXPECT_TRUE(is_refused(said(tree_of(texts, config_map(0, "data: {a: 'b|c'}\n")))));
}

TEST(Limits, VarsInOneText) {
    const auto tree = [](int times) {
        return tree_of(
            "vars:\n- name: A\n  objref: {apiVersion: v1, kind: ConfigMap, name: c0}\n"
            "  fieldref: {fieldpath: data.a}\n",
            config_map(0, "data: {a: " + std::string(10'000, 'x') + "}\n") +
                "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                "  - name: a\n    command: [\"" +
                repeated("$(A)", times) + "\"]\n");
    };
    EXPECT_EQ(said(tree(1000)),
              "error: r.yaml:12:15: a text takes more than 4194304 bytes with its vars replaced");
    EXPECT_EQ(said(tree(10)), "no error");
}

TEST(Limits, VarsInManyTexts) {
    const std::string texts = repeated("\"-$(A)\",", 1000);
    EXPECT_TRUE(is_refused(said(
        tree_of("vars:\n- name: A\n  objref: {apiVersion: v1, kind: ConfigMap, name: c0}\n"
                "  fieldref: {fieldpath: data.a}\n",
                config_map(0, "data: {a: " + std::string(10'000, 'x') + "}\n") +
                    "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                    "  - name: a\n    command: [" +
                    texts + "]\n"))));
}

TEST(Limits, AliasesOfLongTextsOnPrinting) {
    const MemoryTree tree =
        tree_of("", config_map(0, "data:\n  a: &a " + std::string(1000, 'x') + "\n  b: [" +
                                      repeated("*a, ", 1000) + "]\n"));
    const Result<Rendering> rendering = render(tree, "");
    ASSERT_TRUE(rendering.has_value());
    const Result<std::string> text = print(*rendering, 100'000);
    ASSERT_FALSE(text.has_value());
    EXPECT_EQ(to_string(text.error()), "the output has more than 100000 bytes");
    EXPECT_TRUE(print(*rendering).has_value());
}

TEST(Limits, BasesInsideEachOther) {
    MemoryTree tree;
    for (int at = 0; at < 65; ++at)
        tree.write("b" + std::to_string(at) + "/kustomization.yaml",
                   "resources: [../b" + std::to_string(at + 1) + "]\n");
    tree.write("b64/kustomization.yaml", "namePrefix: a-\n");
    tree.write("b65/kustomization.yaml", "namePrefix: a-\n");
    const std::string deep = built(tree, "b0");
    EXPECT_TRUE(deep.ends_with(": more than 64 kustomizations inside each other")) << deep;
    EXPECT_EQ(built(tree, "b1"), "");
}

TEST(Limits, ManyBases) {
    MemoryTree tree;
    std::string bases;
    for (int at = 0; at < 300; ++at) {
        const std::string base = "b" + std::to_string(at);
        bases += base + ", ";
        tree.write(base + "/kustomization.yaml", "namePrefix: a-\n");
    }
    tree.write("kustomization.yaml", "resources: [" + bases + "]\n");
    EXPECT_EQ(built(tree, "", {.files = 301}), "");
    const std::string text = built(tree, "", {.files = 300});
    EXPECT_TRUE(
        text.ends_with("accumulating resources from `b299`: the build reads more than 300 files"))
        << text;
}

TEST(Limits, DepthOfDocuments) {
    EXPECT_EQ(built(tree_of("", config_map(0, "data: " + repeated("[", 300)))),
              "error: r.yaml:4:206: accumulating resources from `r.yaml`: nested deeper than 200 "
              "levels");
    EXPECT_EQ(built(tree_of("labels: " + repeated("[", 300), config_map(0))),
              "error: kustomization.yaml:2:208: nested deeper than 200 levels");
}

TEST(Limits, ExpansionOfAliases) {
    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char letter = 'b'; letter < 'l'; ++letter)
        bomb += std::string(1, letter) + ": &" + letter + " [" +
                repeated("*" + std::string(1, static_cast<char>(letter - 1)) + ", ", 10) + "]\n";
    const std::string why = "the aliases of this file stand for more than 200000 values: too many";
    EXPECT_TRUE(built(tree_of("", config_map(0, bomb))).ends_with(why));
    EXPECT_TRUE(built(tree_of(bomb, config_map(0))).ends_with(why));
}

}  // namespace
}  // namespace lockstep::kustomize
