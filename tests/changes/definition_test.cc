#include <gtest/gtest.h>

#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string definition(std::string_view versions) {
    return "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
           "metadata: {name: things.example.org}\nspec:\n  group: example.org\n  scope: "
           "Namespaced\n"
           "  versions:\n" +
           std::string(versions);
}

std::string version(std::string_view name, std::string_view schema,
                    std::string_view flags = "served: true, storage: true") {
    return "  - {name: " + std::string(name) + ", " + std::string(flags) +
           ", schema: {openAPIV3Schema: " + std::string(schema) + "}}\n";
}

std::string of_schemas(std::string_view before, std::string_view after) {
    return effects_of(definition(version("v1", before)), definition(version("v1", after)));
}

std::string line(std::string_view rest) {
    return "breaking[" + std::string(rest) + '\n';
}

const std::string object = "CustomResourceDefinition/things.example.org ";

TEST(Definition, LosesAVersionOrNoLongerServesIt) {
    const std::string one = version("v1", "{type: object}");
    const std::string old = version("v1beta1", "{type: object}", "served: true, storage: false");
    const std::string unserved =
        version("v1beta1", "{type: object}", "served: false, storage: false");
    EXPECT_EQ(effects_of(definition(one + old), definition(one)),
              line("crd-version-removed] " + object + "v1beta1"));
    EXPECT_EQ(effects_of(definition(one + old), definition(one + unserved)),
              line("crd-version-unserved] " + object + "v1beta1"));
}

TEST(Definition, StoresInAnotherVersion) {
    EXPECT_EQ(
        effects_of(definition(version("v1beta1", "{type: object}") +
                              version("v1", "{type: object}", "served: true, storage: false")),
                   definition(version("v1beta1", "{type: object}", "served: true, storage: false") +
                              version("v1", "{type: object}"))),
        "attention[crd-storage-changed] " + object + "spec.versions: v1beta1 -> v1\n");
}

TEST(Definition, DropsAFieldUnlessItKeepsWhatItDoesNotKnow) {
    const std::string before =
        "{properties: {spec: {properties: {a: {type: string}, b: {type: string}}}}}";
    EXPECT_EQ(of_schemas(before, "{properties: {spec: {properties: {a: {type: string}}}}}"),
              line("crd-field-removed] " + object + "v1: .spec.b"));
    EXPECT_EQ(of_schemas(before,
                         "{properties: {spec: {x-kubernetes-preserve-unknown-fields: true, "
                         "properties: {a: {type: string}}}}}"),
              "");
}

TEST(Definition, RequiresAFieldUnlessItHasADefault) {
    const std::string before = "{properties: {a: {type: string}}}";
    EXPECT_EQ(of_schemas(before, "{properties: {a: {type: string}}, required: [a]}"),
              line("crd-field-required] " + object + "v1: .a"));
    EXPECT_EQ(of_schemas(before, "{properties: {a: {type: string, default: x}}, required: [a]}"),
              "");
}

TEST(Definition, TakesOtherValues) {
    EXPECT_EQ(of_schemas("{properties: {a: {type: string}}}", "{properties: {a: {type: integer}}}"),
              line("crd-field-changed] " + object + "v1: .a: string -> integer"));
    EXPECT_EQ(of_schemas("{properties: {a: {items: {enum: [x, y]}}}}",
                         "{properties: {a: {items: {enum: [y, z]}}}}"),
              line("crd-field-changed] " + object + "v1: .a[]: x -> "));
    EXPECT_EQ(of_schemas("{properties: {a: {maximum: 10}}}", "{properties: {a: {maximum: 5}}}"),
              line("crd-field-changed] " + object + "v1: .a: 10 -> 5"));
    EXPECT_EQ(of_schemas("{properties: {a: {maximum: 10}}}", "{properties: {a: {maximum: 50}}}"),
              "");
}

TEST(Definition, NewFieldsAndVersionsBreakNothing) {
    EXPECT_EQ(of_schemas("{properties: {a: {type: string}}}",
                         "{properties: {a: {type: string}, b: {type: string}}}"),
              "");
}

TEST(Definition, ThatGoesTakesItsObjectsAlong) {
    EXPECT_EQ(effects_of(definition(version("v1", "{type: object}")) +
                             "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n",
                         "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n"),
              "breaking[crd-removed] CustomResourceDefinition/things.example.org\n");
}

}  // namespace
}  // namespace lockstep::changes
