#include "kustomize/explain.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::kustomize {
namespace {

using testing::MemoryTree;

const MemoryTree& shop() {
    static const MemoryTree tree{
        {"base/kustomization.yaml", "resources: [web.yaml]\nimages:\n- {name: web, newTag: v1}\n"},
        {"base/web.yaml",
         "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  paused: true\n"
         "  template:\n    spec:\n      containers:\n      - name: web\n        image: web:v0\n"},
        {"prod/kustomization.yaml",
         "resources: [../base]\nnamePrefix: prod-\npatches:\n- path: image.yaml\nimages:\n"
         "- name: web\n  newName: r.io/web\n  newTag: v2\n"},
        {"prod/image.yaml",
         "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  paused: null\n"
         "  template:\n    spec:\n      containers:\n      - name: web\n        image: web:v9\n"},
    };
    return tree;
}

std::string explained(const std::string& text) {
    const Result<ScalarPath> path = parse_scalar_path(text);
    if (!path) return to_string(path.error());
    const auto found = explain(shop(), "prod", *path, {});
    if (!found) return to_string(found.error()) + " (" + found.error().hint + ")";
    std::string all;
    for (const Explanation& explanation : *found) {
        all += explanation.object + '\n';
        for (const Explanation::Step& step : explanation.steps)
            all += step.value.value_or("(removed)") + " | " +
                   (step.at ? to_string(*step.at) : "nowhere") + " | " + step.doer + " of " +
                   step.asked_by + '\n';
    }
    return all;
}

TEST(Explain, AnImageThatFourPlacesMade) {
    EXPECT_EQ(explained("Deployment/web:spec.template.spec.containers[name=web].image"),
              "Deployment/prod-web\n"
              "web:v0 | base/web.yaml:10:16 | resources of base/kustomization.yaml\n"
              "web:v1 | base/kustomization.yaml:3:23 | ImageTagTransformer of "
              "base/kustomization.yaml\n"
              "web:v9 | prod/image.yaml:10:16 | PatchTransformer of prod/kustomization.yaml\n"
              "r.io/web:v2 | prod/kustomization.yaml:8:11 | ImageTagTransformer of "
              "prod/kustomization.yaml\n");
}

TEST(Explain, ANameByTheOneItHadOrHas) {
    const std::string steps =
        "Deployment/prod-web\n"
        "web | base/web.yaml:3:18 | resources of base/kustomization.yaml\n"
        "prod-web | prod/kustomization.yaml:2:13 | PrefixTransformer of prod/kustomization.yaml\n";
    EXPECT_EQ(explained("Deployment/web:metadata.name"), steps);
    EXPECT_EQ(explained("Deployment/prod-web:metadata.name"), steps);
    EXPECT_EQ(explained("metadata.name"), steps);
}

TEST(Explain, OnlyWhatTheOutputHas) {
    const std::string none = "no object of the output has a scalar there";
    EXPECT_EQ(explained("spec.paused"),
              none + " (name it as in the output: Deployment/web:spec.replicas)");
    EXPECT_EQ(explained("Service:metadata.name"),
              none + " (name it as in the output: Deployment/web:spec.replicas)");
    EXPECT_EQ(explained("spec.template.spec.containers.0"),
              none + " (that is no scalar; below it stand image name)");
    EXPECT_EQ(explained("Deployment/web:"), "the path names no field");
}

TEST(ScalarPath, WritesElementsWithOrWithoutADot) {
    const std::vector<std::string> parts = {"a", "0", "[name=x.y]", "b"};
    EXPECT_EQ(parse_scalar_path("a[0][name=x.y].b")->field, parts);
    EXPECT_EQ(parse_scalar_path("a.0.[name=x.y].b")->field, parts);
    EXPECT_EQ(parse_scalar_path("K/n:a[image=r:5000/x]")->field.back(), "[image=r:5000/x]");
    EXPECT_EQ(parse_scalar_path("a[image=r:5000/x]")->kind, "");
    EXPECT_EQ(parse_scalar_path("a[")->field.front(), "a");
}

}  // namespace
}  // namespace lockstep::kustomize
