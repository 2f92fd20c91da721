#include "changes/objects.h"

#include <gtest/gtest.h>

#include "changes/judged.h"

namespace lockstep::changes {
namespace {

std::string config_map(std::string_view name, std::string_view value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + std::string(name) +
           "}\ndata: {a: " + std::string(value) + "}\n";
}

/// "~ ConfigMap/b" for each object, "  ~ data.a (fold)" for each field.
std::string said(std::string_view before, std::string_view after) {
    const Parsed a(before), b(after);
    std::string text;
    const Upgrade upgrade = judged(a, b);
    for (const Change& change : upgrade.changes) {
        text += std::string("+-~").substr(static_cast<std::size_t>(change.kind), 1) + ' ' +
                to_string(change.after);
        if (change.before.name != change.after.name) text += " was " + change.before.name;
        text += '\n';
        for (const Field& field : change.fields)
            text +=
                "  " + field.path +
                (field.fold == Fold::none ? "" : " (" + std::string(to_string(field.fold)) + ")") +
                '\n';
    }
    return text + std::to_string(upgrade.roots.at(0).unchanged) + " as before\n";
}

TEST(Objects, CameWentAndChangedWhateverTheirOrder) {
    EXPECT_EQ(
        said(
            config_map("a", "x") + "---\n" + config_map("b", "x") + "---\n" + config_map("c", "x"),
            config_map("d", "x") + "---\n" + config_map("c", "y") + "---\n" + config_map("a", "x")),
        "- ConfigMap/b\n~ ConfigMap/c\n  data.a\n+ ConfigMap/d\n1 as before\n");
}

TEST(Objects, WithAHashInTheirNameAreTheSame) {
    const auto set = [](std::string_view name, std::string_view value) {
        return config_map(name, value) +
               "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: "
               "{spec: "
               "{volumes: [{name: v, configMap: {name: " +
               std::string(name) + "}}]}}}\n";
    };
    EXPECT_EQ(said(set("c-2222222222", "x"), set("c-4444444444", "y")),
              "~ ConfigMap/c-4444444444 was c-2222222222\n  data.a\n  metadata.name (hashed name)\n"
              "~ Deployment/d\n  spec.template.spec.volumes.[name=v].configMap.name (hashed name)\n"
              "0 as before\n");
}

TEST(Objects, OfTwoHashesOfOneNameAreNotGuessedAt) {
    EXPECT_EQ(said(config_map("c-2222222222", "x") + "---\n" + config_map("c-5555555555", "x"),
                   config_map("c-4444444444", "y")),
              "- ConfigMap/c-2222222222\n- ConfigMap/c-5555555555\n+ ConfigMap/c-4444444444\n"
              "0 as before\n");
}

TEST(Objects, InAnotherNamespaceAreOthers) {
    const auto in = [](std::string_view space) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: " +
               std::string(space) + "}\n";
    };
    EXPECT_EQ(said(in("x"), in("y")), "- ConfigMap/x/a\n+ ConfigMap/y/a\n0 as before\n");
}

TEST(Objects, FoldWhatChangesWithEveryRelease) {
    const auto deployment = [](std::string_view version) {
        const std::string v(version);
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, labels: "
               "{app.kubernetes.io/version: " +
               v + "}}\nspec: {template: {metadata: {annotations: {checksum/config: c" + v +
               "}}, spec: {containers: [{name: a, image: 'x:" + v + "'}, {name: b, image: 'x:" + v +
               "'}]}}}\n";
    };
    EXPECT_EQ(said(deployment("1.0"), deployment("1.1")),
              "~ Deployment/d\n"
              "  metadata.labels.[app.kubernetes.io/version] (version label)\n"
              "  spec.template.metadata.annotations.checksum/config (checksum)\n"
              "  spec.template.spec.containers.[name=a].image\n"
              "  spec.template.spec.containers.[name=b].image (image seen above)\n"
              "0 as before\n");
}

TEST(Objects, NeverFoldWhatBreaks) {
    const auto deployment = [](std::string_view version) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {selector: "
               "{matchLabels: "
               "{app.kubernetes.io/version: '" +
               std::string(version) + "'}}}\n";
    };
    EXPECT_EQ(effects_of(deployment("1"), deployment("2")),
              "breaking[immutable-field] Deployment/d "
              "spec.selector.matchLabels.[app.kubernetes.io/version]: "
              "\"1\" -> \"2\"\n");
}

TEST(Objects, ThatWentStayInTheCluster) {
    EXPECT_EQ(
        effects_of(config_map("a", "x") + "---\n" + config_map("b", "x"), config_map("a", "x")),
        "attention[object-removed] ConfigMap/b\n");
}

TEST(Objects, ThatMovedToAnotherNamespaceAreSaidToHave) {
    const auto in = [](std::string_view space) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: " +
               std::string(space) + "}\n";
    };
    EXPECT_EQ(effects_of(in("x"), in("y")),
              "attention[object-moved] ConfigMap/x/a metadata.namespace: x -> y\n");
}

TEST(Objects, ShowTextsLineByLine) {
    const auto map = [](std::string_view text) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  f: |\n" +
               std::string(text);
    };
    const Parsed a(map("    one\n    two\n    three\n")),
        b(map("    one\n    2\n    three\n    four\n"));
    const Upgrade upgrade = judged(a, b);
    EXPECT_EQ(upgrade.changes.at(0).fields.at(0).lines,
              (std::vector<std::string>{"-two", "+2", "+four"}));
}

}  // namespace
}  // namespace lockstep::changes
