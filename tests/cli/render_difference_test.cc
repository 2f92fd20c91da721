#include "cli/render_difference.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::cli {
namespace {

using testing::MemoryTree;

/// "LINE OBJECT | OURS | THEIRS" of two objects, and what `change` makes of their text.
std::string difference(const std::function<void(std::string&)>& change) {
    const MemoryTree tree{
        {"kustomization.yaml", "resources: [all.yaml]\n"},
        {"all.yaml",
         "{apiVersion: v1, kind: ConfigMap, metadata: {name: text, namespace: kite}, "
         "data: {text: \"a\\n---\\nb\\n\"}}\n---\n"
         "{apiVersion: v1, kind: Service, metadata: {name: kite}}\n"}};
    auto rendering = kustomize::render(tree, "");
    EXPECT_TRUE(rendering.has_value());
    const std::string ours = kustomize::print(*rendering).value();
    std::string theirs = ours;
    change(theirs);
    const auto found = first_difference(*rendering, ours, theirs);
    if (!found) return "same";
    return std::to_string(found->line) + " " + found->object + " | " +
           found->ours.value_or("(end)") + " | " + found->theirs.value_or("(end)");
}

void replace(std::string& text, std::string_view old, std::string_view fresh) {
    text.replace(text.find(old), old.size(), fresh);
}

TEST(FirstDifference, IsNoneOfTheSameBytes) {
    EXPECT_EQ(difference([](std::string&) {}), "same");
}

TEST(FirstDifference, NamesLineAndObject) {
    EXPECT_EQ(difference([](std::string& text) { replace(text, "apiVersion", "apiversion"); }),
              "1 ConfigMap kite/text | apiVersion: v1 | apiversion: v1");
    EXPECT_EQ(difference([](std::string& text) { replace(text, "    b", "    c"); }),
              "6 ConfigMap kite/text |     b |     c");
    EXPECT_EQ(difference([](std::string& text) { replace(text, "kind: Service", "kind: S"); }),
              "13 Service kite | kind: Service | kind: S");
}

TEST(FirstDifference, IsAlsoTheEndOfOne) {
    EXPECT_EQ(difference([](std::string& text) { text.clear(); }),
              "1 ConfigMap kite/text | apiVersion: v1 | (end)");
    EXPECT_EQ(difference([](std::string& text) { text += "---\nkind: More\n"; }),
              "16 Service kite | (end) | ---");
    EXPECT_EQ(difference([](std::string& text) { text.pop_back(); }),
              "15 Service kite |   name: kite |   name: kite (with no line end)");
}

}  // namespace
}  // namespace lockstep::cli
