#include "manifest/kustomization.h"

#include <gtest/gtest.h>

#include "manifest/facts_text.h"
#include "support/memory_tree.h"

namespace lockstep::manifest {
namespace {

using lockstep::testing::MemoryTree;
using lockstep::testing::print;

std::string read(const MemoryTree& tree, std::string_view directory) {
    return print(read_kustomization(tree, directory));
}

constexpr const char* deployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  template:\n"
    "    spec:\n      containers:\n      - name: app\n        image: controller:latest\n";

TEST(Kustomization, TheTransformersTagDecides) {
    const MemoryTree tree{{"base/kustomization.yaml", "resources: [app.yaml]\n"},
                          {"base/app.yaml", deployment},
                          {"prod/kustomization.yaml",
                           "resources:\n- ../base\nnamespace: sys\nimages:\n- name: controller\n"
                           "  newName: ghcr.io/o/app\n  newTag: v1.2.3\n"}};
    EXPECT_EQ(read(tree, "prod"),
              "\n"
              "prod/kustomization.yaml:7:11+6 kustomize:prod image ghcr.io/o/app v1.2.3 "
              "Deployment:sys/app spec.template.spec.containers[0].image |  newTag: v1.2.3\n");
    EXPECT_EQ(read(tree, "base"),
              "\n"
              "base/app.yaml:10:16+17 kustomize:base image controller latest Deployment:/app "
              "spec.template.spec.containers[0].image |        image: controller:latest\n");
}

TEST(Kustomization, APatchDecides) {
    EXPECT_EQ(
        read({{"k/kustomization.yaml", "resources: [app.yaml]\npatches: [{path: image.yaml}]\n"},
              {"k/app.yaml", deployment},
              {"k/image.yaml",
               "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n"
               "  template:\n    spec:\n      containers:\n"
               "      - image: o/app:v2\n        name: app\n"}},
             "k"),
        "\n"
        "k/image.yaml:8:16+8 kustomize:k image o/app v2 Deployment:/app "
        "spec.template.spec.containers[0].image |      - image: o/app:v2\n");
}

TEST(Kustomization, ADigestDecides) {
    EXPECT_EQ(
        read({{"k/kustomization.yaml",
               "resources: [app.yaml]\nimages:\n- name: controller\n"
               "  digest: "
               "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"},
              {"k/app.yaml", deployment}},
             "k"),
        "\n"
        "k/kustomization.yaml:4:11+71 kustomize:k image controller - "
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef Deployment:/app "
        "spec.template.spec.containers[0].image "
        "|  digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
}

TEST(Kustomization, AComponentsTagDecides) {
    EXPECT_EQ(read({{"overlay/kustomization.yaml", "resources: [../base]\ncomponents: [../part]\n"},
                    {"base/kustomization.yaml", "resources: [app.yaml]\n"},
                    {"base/app.yaml", deployment},
                    {"part/kustomization.yaml",
                     "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages:\n"
                     "- {name: controller, newTag: v0.6.4}\n"}},
                   "overlay"),
              "\n"
              "part/kustomization.yaml:4:30+6 kustomize:overlay image controller v0.6.4 "
              "Deployment:/app spec.template.spec.containers[0].image "
              "|- {name: controller, newTag: v0.6.4}\n");
}

TEST(Kustomization, WhatDoesNotRenderIsAGapThatMentionsItsImages) {
    EXPECT_EQ(read({{"k/kustomization.yaml",
                     "resources: [app.yaml, ../missing.yaml]\nimages:\n- name: controller\n"
                     "  newName: ghcr.io/o/app\n"},
                    {"k/app.yaml", deployment}},
                   "k"),
              "\ngap kustomize:k k/kustomization.yaml:1:23: accumulating resources from "
              "`../missing.yaml`: `missing.yaml` does not exist: no such file or directory (mend "
              "the path, or add what it names) [controller, ghcr.io/o/app, app]\n");
}

TEST(Kustomization, ARemoteBaseIsADeclarationAndAGap) {
    EXPECT_EQ(
        read({{"k/kustomization.yaml",
               "resources:\n- ../base\n"
               "- https://github.com/metallb/metallb//config/native?timeout=120&ref=v0.13.7\n"},
              {"base/kustomization.yaml",
               "resources: [app.yaml, 'https://example.com/crds.yaml']\n"},
              {"base/app.yaml", deployment}},
             "k"),
        "\n"
        "k/kustomization.yaml:3:3+73 kustomize:k remote_ref github.com/metallb/metallb v0.13.7 - - "
        "|- https://github.com/metallb/metallb//config/native?timeout=120&ref=v0.13.7\n"
        "base/kustomization.yaml:1:23+31 kustomize:k remote_ref example.com/crds.yaml - - - "
        "|resources: [app.yaml, 'https://example.com/crds.yaml']\n"
        "gap kustomize:k base/kustomization.yaml:1:23: accumulating resources from `../base`: "
        "accumulating "
        "resources from `https://example.com/crds.yaml`: unsupported: the remote file "
        "`https://example.com/crds.yaml` (remote files are not loaded here) []\n");
}

TEST(Kustomization, ImagesAreDeclaredWithoutTheBaseThatBringsThem) {
    const std::string overlay =
        "resources:\n- https://github.com/acme/app//base?ref=v1.2.0\nimages:\n"
        "- name: app\n  newName: ghcr.io/acme/app\n  newTag: v1.2.0\n- name: other\n";
    const std::string remote =
        "k/kustomization.yaml:2:3+44 kustomize:k remote_ref github.com/acme/app v1.2.0 - - "
        "|- https://github.com/acme/app//base?ref=v1.2.0\n"
        "gap kustomize:k k/kustomization.yaml:2:3: accumulating resources from "
        "`https://github.com/acme/app//base?ref=v1.2.0`: unsupported: the remote base "
        "`https://github.com/acme/app//base?ref=v1.2.0` (remote bases are not loaded here) []\n";
    EXPECT_EQ(read({{"k/kustomization.yaml", overlay}}, "k"),
              "\nk/kustomization.yaml:6:11+6 kustomize:k image ghcr.io/acme/app v1.2.0 - "
              "images[0].newTag |  newTag: v1.2.0\n" +
                  remote);
    // What comes behind them may change the tag again.
    EXPECT_EQ(
        read({{"k/kustomization.yaml", overlay + "replacements: [{path: tags.yaml}]\n"}}, "k"),
        "\n" + remote);
    // Another reason not to render says nothing of tags.
    EXPECT_EQ(read({{"k/kustomization.yaml",
                     "resources: [gone]\nimages: [{name: ghcr.io/acme/app, newTag: v1.2.0}]\n"}},
                   "k"),
              "\ngap kustomize:k k/kustomization.yaml:1:13: accumulating resources from `gone`: "
              "`k/gone` does not exist: no such file or directory (mend the path, or add what it "
              "names) [ghcr.io/acme/app]\n");
}

}  // namespace
}  // namespace lockstep::manifest
