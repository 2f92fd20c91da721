#include "consumers/read_pins.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::consumers {
namespace {

const char* word_of(Form form) {
    switch (form) {
        case Form::tag:
            return "tag";
        case Form::named:
            return "named";
        case Form::range:
            return "range";
        case Form::branch:
            return "branch";
        case Form::commit:
            return "commit";
        case Form::digest:
            return "digest";
        case Form::none:
            return "none";
        case Form::templated:
            return "templated";
    }
    return "";
}

/// One line for each pin, one for each override, one for each gap.
std::string told(const Found& found) {
    std::string text;
    for (const Pin& pin : found.pins) {
        text += to_string(pin.place.at) + " " + to_string(pin.source) + " " + word_of(pin.form);
        if (!pin.object.empty()) text += " [" + pin.object + "]";
        text += " " + (pin.repository.empty() ? pin.url : pin.repository);
        if (!pin.chart.empty()) text += " chart " + pin.chart;
        text += " " + (pin.revision.empty() ? "-" : pin.revision) + "\n";
        for (const Override& over : pin.overrides)
            text += "  " + to_string(over.place.at) + " " +
                    (over.image.empty() ? "-" : over.image) + ":" + over.tag +
                    (over.digest.empty() ? "" : "@" + over.digest) + "\n";
    }
    for (const manifest::Gap& gap : found.gaps) text += "! " + to_string(gap.error) + "\n";
    return text;
}

std::string read(const std::string& path, const std::string& text) {
    return told(read_pins_of(path, std::make_shared<const std::string>(text)));
}

TEST(ReadPins, RemoteBasesOfKustomizationsAndWhatIsSetBesideThem) {
    EXPECT_EQ(read("apps/kustomization.yaml",
                   "resources:\n"
                   "- https://github.com/acme/kite//deploy?ref=v1.2.0\n"
                   "- github.com/acme/kite/crds?ref=0123456789abcdef0123456789abcdef01234567\n"
                   "- ../base\n"
                   "- https://example.com/acme/kite/install.yaml\n"
                   "components:\n"
                   "- https://github.com/acme/other//x\n"
                   "images:\n"
                   "- name: registry.example.com/kite\n"
                   "  newTag: v1.3.0\n"),
              "apps/kustomization.yaml:2:3 kustomize base named github.com/acme/kite v1.2.0\n"
              "  apps/kustomization.yaml:10:11 registry.example.com/kite:v1.3.0\n"
              "apps/kustomization.yaml:3:3 kustomize base commit github.com/acme/kite "
              "0123456789abcdef0123456789abcdef01234567\n"
              "  apps/kustomization.yaml:10:11 registry.example.com/kite:v1.3.0\n"
              "apps/kustomization.yaml:7:3 kustomize base none github.com/acme/other -\n"
              "  apps/kustomization.yaml:10:11 registry.example.com/kite:v1.3.0\n");
}

constexpr const char* git_repository =
    "apiVersion: source.toolkit.fluxcd.io/v1\n"
    "kind: GitRepository\n"
    "metadata: {name: kite, namespace: flux-system}\n"
    "spec:\n"
    "  url: https://github.com/acme/kite\n";

TEST(ReadPins, FluxTakesTheStrongestOfSeveralRefs) {
    const std::string head = git_repository;
    const std::string named = "[GitRepository flux-system/kite] github.com/acme/kite ";
    EXPECT_EQ(read("a.yaml", head + "  ref: {branch: main, tag: v1.2.0}\n"),
              "a.yaml:6:28 GitRepository tag " + named + "v1.2.0\n");
    EXPECT_EQ(read("a.yaml", head + "  ref: {tag: v1.2.0, semver: '>=1.0.0'}\n"),
              "a.yaml:6:30 GitRepository range " + named + ">=1.0.0\n");
    EXPECT_EQ(read("a.yaml", head + "  ref: {branch: main}\n"),
              "a.yaml:6:17 GitRepository branch " + named + "main\n");
    EXPECT_EQ(read("a.yaml", head + "  ref: {name: refs/tags/v1.2.0}\n"),
              "a.yaml:6:15 GitRepository tag " + named + "v1.2.0\n");
    EXPECT_EQ(read("a.yaml", head), "a.yaml:5:8 GitRepository none " + named + "-\n");
}

TEST(ReadPins, FluxSourcesAreFoundByNameInTheWholeTree) {
    const testing::MemoryTree tree = {
        {"sources/kite.yaml", std::string(git_repository) + "  ref: {tag: v1.2.0}\n"},
        {"sources/charts.yaml",
         "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\n"
         "metadata: {name: charts, namespace: flux-system}\n"
         "spec: {type: oci, url: oci://registry.example.com/charts}\n"},
        {"apps/kite.yaml",
         "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
         "metadata: {name: kite, namespace: flux-system}\n"
         "spec:\n  sourceRef: {kind: GitRepository, name: kite}\n  images:\n"
         "  - {name: registry.example.com/kite, newTag: v1.1.0}\n"
         "---\n"
         "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
         "metadata: {name: app, namespace: apps}\n"
         "spec:\n  chart:\n    spec:\n      chart: app\n      version: 1.4.0\n"
         "      sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}\n"
         "  values:\n    image: {repository: registry.example.com/app, tag: v9}\n"
         "---\n"
         "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
         "metadata: {name: lost, namespace: flux-system}\n"
         "spec:\n  sourceRef: {kind: GitRepository, name: nowhere}\n  images:\n"
         "  - {name: x, newTag: v1}\n"}};
    EXPECT_EQ(told(*read_pins(tree)),
              "apps/kite.yaml:16:16 HelmRelease tag [HelmRelease apps/app] "
              "oci://registry.example.com/charts chart app 1.4.0\n"
              "  apps/kite.yaml:19:56 registry.example.com/app:v9\n"
              "sources/kite.yaml:6:14 GitRepository tag [GitRepository flux-system/kite] "
              "github.com/acme/kite v1.2.0\n"
              "  apps/kite.yaml:7:47 registry.example.com/kite:v1.1.0\n"
              "! apps/kite.yaml:25:42: Kustomization flux-system/lost overrides images of "
              "GitRepository `nowhere`, which is not in this tree\n");
}

TEST(ReadPins, ArgoHasOneSourceOrSeveral) {
    EXPECT_EQ(read("app.yaml",
                   "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
                   "metadata: {name: kite, namespace: argocd}\nspec:\n  source:\n"
                   "    repoURL: https://me:secret@github.com/acme/kite.git\n"
                   "    targetRevision: v1.2.0\n    path: deploy\n"
                   "    kustomize:\n      images:\n      - kite=registry.example.com/kite:v1.1.0\n"
                   "---\n"
                   "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\n"
                   "metadata: {name: all}\nspec:\n  template:\n    spec:\n      sources:\n"
                   "      - repoURL: https://charts.example.com\n        chart: app\n"
                   "        targetRevision: 1.*\n        helm:\n          parameters:\n"
                   "          - {name: image.tag, value: v3}\n          values: |\n"
                   "            image:\n              tag: v4\n"
                   "      - repoURL: https://github.com/acme/values\n"
                   "        targetRevision: '{{revision}}'\n"),
              "app.yaml:7:21 Argo CD source named [Application argocd/kite] github.com/acme/kite "
              "v1.2.0\n"
              "  app.yaml:11:9 registry.example.com/kite:v1.1.0\n"
              "app.yaml:22:25 Argo CD chart range [ApplicationSet all] https://charts.example.com "
              "chart app 1.*\n"
              "  app.yaml:25:38 -:v3\n"
              "  app.yaml:26:19 -:v4\n"
              "app.yaml:30:25 Argo CD source templated [ApplicationSet all] "
              "github.com/acme/values {{revision}}\n");
}

TEST(ReadPins, ChartsHaveDependencies) {
    EXPECT_EQ(read("charts/umbrella/Chart.yaml",
                   "name: umbrella\ndependencies:\n"
                   "- {name: kite, version: 1.2.0, repository: 'https://charts.example.com'}\n"
                   "- {name: sub, version: 0.1.0, repository: 'file://../sub'}\n"
                   "- {name: app, version: ~2.0, repository: 'oci://registry.example.com/c'}\n"),
              "charts/umbrella/Chart.yaml:3:25 chart dependency tag https://charts.example.com "
              "chart kite 1.2.0\n"
              "charts/umbrella/Chart.yaml:5:24 chart dependency range "
              "oci://registry.example.com/c chart app ~2.0\n");
}

TEST(ReadPins, WhatCannotBeReadIsSaidWhereItMatters) {
    EXPECT_EQ(read("x.yaml", "a: [\n"), "");
    EXPECT_EQ(read("x.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: [\n").substr(0, 9),
              "! x.yaml:");
    EXPECT_EQ(read("kustomization.yaml", "resources: [\n").substr(0, 21), "! kustomization.yaml:");
}

}  // namespace
}  // namespace lockstep::consumers
