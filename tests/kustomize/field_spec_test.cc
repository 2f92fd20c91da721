#include "kustomize/field_spec.h"

#include <gtest/gtest.h>

#include "kustomize/parsed.h"

namespace lockstep::kustomize {
namespace {

using testing::parsed;
using testing::printed;

/// Sets each node the spec leads to to the text "new".
std::string visited(const std::string& object, const FieldSpec& spec, Missing missing) {
    yaml::Arena arena;
    yaml::Node* const root = parsed(arena, object);
    const Result<void> result =
        visit_field(arena, *root, spec, missing, [&](yaml::Node& node) -> Result<void> {
            node = *yaml::make_string(arena, "new");
            return {};
        });
    return result.has_value() ? printed(*root) : "error: " + to_string(result.error());
}

TEST(FieldSpec, GoesThroughListsWithOrWithoutBrackets) {
    EXPECT_EQ(visited("a: [{b: 1}, {c: 1}, {b: 2}]", {.path = "a/b"}, Missing::skip),
              "a:\n- b: new\n- c: 1\n- b: new\n");
    EXPECT_EQ(visited("a: [{b: 1}]", {.path = "a[]/b"}, Missing::skip), "a:\n- b: new\n");
}

TEST(FieldSpec, CreatesMappingsOnTheWay) {
    EXPECT_EQ(visited("a: null", {.path = "a/b/c", .create = true}, Missing::make_scalar),
              "a:\n  b:\n    c: new\n");
    EXPECT_EQ(visited("x: 1", {.path = "a[]/b", .create = true}, Missing::make_scalar), "x: 1\n");
    EXPECT_EQ(visited("x: 1", {.path = "a/b", .create = true}, Missing::skip), "x: 1\n");
}

TEST(FieldSpec, ReadsEscapedSlashes) {
    EXPECT_EQ(visited("m: {example.com/a: 1}", {.path = "m/example.com\\/a"}, Missing::skip),
              "m:\n  example.com/a: new\n");
}

TEST(FieldSpec, RefusesScalarsOnTheWay) {
    EXPECT_EQ(visited("a: text", {.path = "a/b"}, Missing::skip),
              "error: test.yaml:1:4: expected sequence or mapping node: found a scalar where the "
              "field `a/b` passes");
    EXPECT_EQ(visited("a: {}", {.path = "a//b"}, Missing::skip),
              "error: test.yaml:1:4: cannot set or create an empty field name: the path `a//b` has "
              "the part ``, expected the name of a field");
}

TEST(FieldSpec, MatchesEmptyFieldsWithAnything) {
    const FieldSpec spec = {.group = "apps", .kind = "Deployment"};
    EXPECT_TRUE(spec.matches(make_gvk("apps/v1", "Deployment")));
    EXPECT_FALSE(spec.matches(make_gvk("extensions/v1beta1", "Deployment")));
}

}  // namespace
}  // namespace lockstep::kustomize
