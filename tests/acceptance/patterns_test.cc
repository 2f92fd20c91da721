// How real projects write their version down (a survey of 42 of them), each kind as a small
// repository.
#include "acceptance/story.h"

namespace lockstep {
namespace {

const std::string base = "resources:\n- deployment.yaml\n";

std::string new_tag(const std::string& tag) {
    return "resources:\n- ../base\nimages:\n- name: ghcr.io/acme/app\n  newTag: " + tag + "\n";
}

TEST(Patterns, AnOverlayThatNamesTheReleaseBeforeEveryTime) {
    Story story;
    for (const auto& [tag, declared] :
         {std::pair{"v0.1.0", "v0.1.0"}, {"v0.2.0", "v0.1.0"}, {"v0.3.0", "v0.2.0"}})
        story.release(tag, {{"base/kustomization.yaml", base},
                            {"base/deployment.yaml", deployment("ghcr.io/acme/app:latest")},
                            {"release/kustomization.yaml", new_tag(declared)}});
    EXPECT_EQ(story.audit(),
              "v0.1.0: consistent\n"
              "  release/kustomization.yaml:5:11 v0.1.0 consistent\n"
              "v0.2.0: drifted\n"
              "  release/kustomization.yaml:5:11 v0.1.0 drifted previous-version\n"
              "v0.3.0: drifted\n"
              "  release/kustomization.yaml:5:11 v0.2.0 drifted previous-version\n");
}

TEST(Patterns, AnImageInAComponentThatIsNotRenderedAlone) {
    Story story;
    story.release("v1.0.0", {{"base/kustomization.yaml", base},
                             {"base/deployment.yaml", deployment("ghcr.io/acme/app:dev")},
                             {"components/release/kustomization.yaml",
                              "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: "
                              "Component\nimages:\n- name: ghcr.io/acme/app\n"
                              "  newTag: v0.9.0\n"},
                             {"overlay/kustomization.yaml",
                              "resources:\n- ../base\ncomponents:\n- ../components/release\n"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: drifted\n"
              "  components/release/kustomization.yaml:5:11 v0.9.0 drifted older\n");
}

TEST(Patterns, APatchThatBringsTheImage) {
    Story story;
    story.release("v1.0.0",
                  {{"base/kustomization.yaml", base},
                   {"base/deployment.yaml", deployment("controller:latest")},
                   {"default/kustomization.yaml",
                    "resources:\n- ../base\npatches:\n- path: manager_image_patch.yaml\n"},
                   {"default/manager_image_patch.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\nspec:\n  "
                    "template:\n    spec:\n      containers:\n"
                    "      - name: app\n        image: ghcr.io/acme/app:v1.0.0\n"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  default/manager_image_patch.yaml:10:16 v1.0.0 consistent\n");
}

TEST(Patterns, ARenderedFileBesideItsKustomization) {
    Story story;
    story
        .release("v1.0.0", {{"base/kustomization.yaml", base},
                            {"base/deployment.yaml", deployment("ghcr.io/acme/app:latest")},
                            {"release/kustomization.yaml", new_tag("v1.0.0")},
                            {"install.yaml", deployment("ghcr.io/acme/app:v1.0.0")}})
        .release("v1.1.0", {{"release/kustomization.yaml", new_tag("v1.1.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  release/kustomization.yaml:5:11 v1.0.0 consistent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: drifted\n"
              "  release/kustomization.yaml:5:11 v1.1.0 consistent\n"
              "  install.yaml:16:16 v1.0.0 drifted previous-version\n");
}

TEST(Patterns, InitContainersCountToo) {
    Story story("https://github.com/metallb/metallb");
    story.release("v0.13.7", {{"manifests/speaker.yaml",
                               "apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: "
                               "speaker\nspec:\n  template:\n    spec:\n"
                               "      initContainers:\n      - name: cp\n        image: "
                               "quay.io/metallb/speaker:v0.13.6\n"
                               "      containers:\n      - name: speaker\n        image: "
                               "quay.io/metallb/speaker:v0.13.7\n"}});
    EXPECT_EQ(story.audit(),
              "v0.13.7: drifted\n"
              "  manifests/speaker.yaml:10:16 v0.13.6 drifted older\n"
              "  manifests/speaker.yaml:13:16 v0.13.7 consistent\n");
}

TEST(Patterns, ATreeThatFloatsByDesign) {
    Story story;
    for (const char* tag : {"v1.0.0", "v1.1.0", "v1.2.0"})
        story.release(tag,
                      {{"install.yaml", deployment("ghcr.io/acme/app:latest")}, {"CHANGES", tag}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: floating\n"
              "  install.yaml:16:16 latest floating floating\n"
              "v1.1.0: floating\n"
              "  install.yaml:16:16 latest floating floating\n"
              "v1.2.0: floating\n"
              "  install.yaml:16:16 latest floating floating\n");
    story.repository().write(
        "lockstep.yaml",
        "paths:\n- path: install.yaml\n  expect: floating\n  reason: released as an asset\n");
    EXPECT_EQ(story.audit(),
              "v1.0.0: floating\n"
              "  install.yaml:16:16 latest floating intended\n"
              "v1.1.0: floating\n"
              "  install.yaml:16:16 latest floating intended\n"
              "v1.2.0: floating\n"
              "  install.yaml:16:16 latest floating intended\n");
}

TEST(Patterns, AChartThatFollowsTheProduct) {
    Story story;
    const auto chart = [](const std::string& version) {
        return "apiVersion: v2\nname: app\nversion: " + version + "\nappVersion: \"" + version +
               "\"\n";
    };
    const std::string values = "image:\n  repository: ghcr.io/acme/app\n  tag: \"\"\n";
    story
        .release("v1.0.0",
                 {{"charts/app/Chart.yaml", chart("1.0.0")}, {"charts/app/values.yaml", values}})
        .release("v1.1.0", {{"charts/app/Chart.yaml", chart("1.1.0")}})
        .release("v1.2.0", {{"charts/app/Chart.yaml", chart("1.1.0")}, {"CHANGES", "x"}})
        .release("v1.3.0", {{"charts/app/Chart.yaml", chart("1.3.0")},
                            {"charts/app/values.yaml",
                             "image:\n  repository: ghcr.io/acme/app\n  tag: v1.2.0\n"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.0.0 consistent\n"
              "  charts/app/values.yaml:3:8 1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.1.0 consistent\n"
              "  charts/app/values.yaml:3:8 1.1.0 consistent\n"
              "v1.2.0: drifted\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 drifted previous-version\n"
              "  charts/app/Chart.yaml:4:13 1.1.0 drifted previous-version\n"
              "  charts/app/values.yaml:3:8 1.1.0 drifted previous-version\n"
              "v1.3.0: drifted\n"
              "  charts/app/Chart.yaml:3:10 1.3.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.3.0 consistent\n"
              "  charts/app/values.yaml:3:8 v1.2.0 drifted previous-version\n");
}

TEST(Patterns, AChartWithTagsOfItsOwn) {
    Story story;
    const auto chart = [](const std::string& version, const std::string& app) {
        return "apiVersion: v2\nname: app\nversion: " + version + "\nappVersion: " + app + "\n";
    };
    story
        .release("v1.0.0", {{"install.yaml", deployment("ghcr.io/acme/app:v1.0.0")},
                            {"charts/app/Chart.yaml", chart("0.9.0", "0.9.0")}})
        .release("app-helm-chart-1.0.0", {{"charts/app/Chart.yaml", chart("1.0.0", "1.0.0")}})
        .release("v1.1.0", {{"install.yaml", deployment("ghcr.io/acme/app:v1.1.0")}})
        .release("app-helm-chart-1.1.0", {{"charts/app/Chart.yaml", chart("1.0.1", "1.1.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 0.9.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 0.9.0 independent independent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 1.0.0 independent independent\n"
              "  install.yaml:16:16 v1.1.0 consistent\n"
              "app-helm-chart-1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.0.0 consistent\n"
              "app-helm-chart-1.1.0: drifted\n"
              "  charts/app/Chart.yaml:3:10 1.0.1 drifted older\n"
              "  charts/app/Chart.yaml:4:13 1.1.0 consistent\n");
}

TEST(Patterns, AChartWhoseVersionIsFilledInWhenItIsPackaged) {
    Story story;
    for (const char* tag : {"v1.0.0", "v1.1.0", "v1.2.0"})
        story.release(tag,
                      {{"charts/app/Chart.yaml", "name: app\nversion: 0.0.0\nappVersion: 0.0.0\n"},
                       {"charts/app/values.yaml", "image:\n  repository: ghcr.io/acme/app\n"},
                       {"install.yaml", deployment(std::string("ghcr.io/acme/app:") + tag)}});
    EXPECT_EQ(story.audit().find("drifted"), std::string::npos) << story.audit();
}

TEST(Patterns, ImagesInArgumentsAndVariables) {
    Story story;
    for (const auto& [tag, reloader] : {std::pair{"v0.9.0", "v0.9.0"}, {"v1.0.0", "v0.9.0"}})
        story.release(
            tag, {{"operator.yaml",
                   "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: operator\nspec:\n  "
                   "template:\n    spec:\n"
                   "      containers:\n      - name: operator\n        image: ghcr.io/acme/app:" +
                       std::string(tag) +
                       "\n        args:\n"
                       "        - --config-reloader=ghcr.io/acme/app-reloader:" +
                       reloader +
                       "\n        env:\n"
                       "        - name: RELATED_IMAGE_WORKER\n          value: "
                       "ghcr.io/acme/app-worker:" +
                       tag + "\n"}});
    EXPECT_EQ(story.audit(),
              "v0.9.0: consistent\n"
              "  operator.yaml:10:16 v0.9.0 consistent\n"
              "  operator.yaml:12:11 v0.9.0 consistent\n"
              "  operator.yaml:15:18 v0.9.0 consistent\n"
              "v1.0.0: drifted\n"
              "  operator.yaml:10:16 v1.0.0 consistent\n"
              "  operator.yaml:12:11 v0.9.0 drifted previous-version\n"
              "  operator.yaml:15:18 v1.0.0 consistent\n");
}

TEST(Patterns, DocumentationThatIsBehind) {
    Story story;
    story
        .release("v1.0.0",
                 {{"install.yaml", deployment("ghcr.io/acme/app:v1.0.0")},
                  {"README.md",
                   "    kubectl apply -k 'https://github.com/acme/app//install?ref=v1.0.0'\n"}})
        .release("v1.1.0", {{"install.yaml", deployment("ghcr.io/acme/app:v1.1.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "  README.md:1:64 v1.0.0 consistent\n"
              "v1.1.0: drifted\n"
              "  install.yaml:16:16 v1.1.0 consistent\n"
              "  README.md:1:64 v1.0.0 drifted previous-version\n");
}

TEST(Patterns, ATemplateThatIsNoYaml) {
    Story story;
    story.release("v1.0.0",
                  {{"deploy.yaml",
                    "apiVersion: apps/v1\nkind: Deployment\nspec: {{ toYaml .Values }}\n  x: }\n"
                    "    image: ghcr.io/acme/app:$version$\n"},
                   {"install.yaml", deployment("ghcr.io/acme/app:v1.0.0")}});
    const std::string audit = story.audit();
    EXPECT_TRUE(audit.starts_with("v1.0.0: unchecked\n")) << audit;
    EXPECT_NE(audit.find("  install.yaml:16:16 v1.0.0 consistent\n"), std::string::npos) << audit;
}

TEST(Patterns, TagsThatAreNoReleases) {
    Story story;
    story.release("v1.0.0", {{"install.yaml", deployment("ghcr.io/acme/app:v1.0.0")}});
    for (const char* tag :
         {"stable", "merge-1205", "test-0.1-tag", "v1.13.0-dev-20260712", "monthly-2026.06"})
        story.repository().tag(tag);
    story.release("v1.1.0", {{"install.yaml", deployment("ghcr.io/acme/app:v1.1.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  install.yaml:16:16 v1.1.0 consistent\n");
}

TEST(Patterns, AnImageThatMovedItsRegistry) {
    Story story;
    story.release("v1.0.0", {{"install.yaml", deployment("k8s.gcr.io/acme/app:v1.0.0")}})
        .release("v1.1.0", {{"install.yaml", deployment("registry.k8s.io/acme/app:v1.1.0")}})
        .release("v1.2.0", {{"install.yaml", deployment("registry.k8s.io/acme/app:v1.1.0")},
                            {"CHANGES", "x"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  install.yaml:16:16 v1.1.0 consistent\n"
              "v1.2.0: drifted\n"
              "  install.yaml:16:16 v1.1.0 drifted previous-version\n");
}

TEST(Patterns, TwoReleasesOnOneCommit) {
    Story story;
    story.release("v0.4.4", {{"install.yaml", deployment("ghcr.io/acme/app:v0.4.4")}});
    story.repository().tag("v0.5.5");
    EXPECT_EQ(story.audit(),
              "v0.4.4: consistent\n"
              "  install.yaml:16:16 v0.4.4 consistent\n"
              "v0.5.5: drifted\n"
              "  install.yaml:16:16 v0.4.4 drifted previous-version\n");
}

TEST(Patterns, AReferenceOfTheRepositoryToItsOlderSelf) {
    Story story;
    story
        .release("v1.0.0", {{"manifests/kustomization.yaml", base},
                            {"manifests/deployment.yaml", deployment("ghcr.io/acme/app:v1.0.0")}})
        .release("v1.1.0", {{"manifests/deployment.yaml", deployment("ghcr.io/acme/app:v1.1.0")},
                            {"cluster/kustomization.yaml",
                             "resources:\n- https://github.com/acme/app//manifests?ref=v1.0.0\n"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  manifests/deployment.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: drifted\n"
              "  https://github.com/acme/app//manifests?ref=v1.0.0: "
              "manifests/deployment.yaml:16:16 v1.0.0 drifted "
              "previous-version\n"
              "  cluster/kustomization.yaml:2:3 v1.0.0 drifted previous-version\n"
              "  manifests/deployment.yaml:16:16 v1.1.0 consistent\n");
}

TEST(Patterns, WhatDoesNotRenderIsUnchecked) {
    Story story;
    story.release("v1.0.0",
                  {{"base/kustomization.yaml", "resources:\n- deployment.yaml\n- missing.yaml\n"},
                   {"base/deployment.yaml", deployment("ghcr.io/acme/app:v1.0.0")}});
    const std::string audit = story.audit();
    EXPECT_TRUE(audit.starts_with(
        "v1.0.0: unchecked\n  ! `base` could not be read, so it was not checked: "))
        << audit;
}

TEST(Patterns, CopiesOfFormerVersionsInTheTree) {
    Story story;
    story.release("v4.1.0", {{"deploy/v4.1.0/driver.yaml", deployment("ghcr.io/acme/app:v4.1.0")}})
        .release("v4.2.0", {{"deploy/v4.2.0/driver.yaml", deployment("ghcr.io/acme/app:v4.2.0")}});
    EXPECT_EQ(story.audit(),
              "v4.1.0: consistent\n"
              "  deploy/v4.1.0/driver.yaml:16:16 v4.1.0 consistent\n"
              "v4.2.0: consistent\n"
              "  deploy/v4.1.0/driver.yaml:16:16 v4.1.0 consistent\n"
              "  deploy/v4.2.0/driver.yaml:16:16 v4.2.0 consistent\n");
}

TEST(Patterns, ASiblingThatIsNotTheProjects) {
    Story story("https://github.com/kubernetes-csi/external-snapshotter");
    for (const auto& [tag, own, sidecar] : {std::tuple{"v6.0.0", "v6.0.0", "v3.2.1"},
                                            {"v6.1.0", "v6.1.0", "v3.2.1"},
                                            {"v6.2.0", "v6.1.0", "v3.3.0"}})
        story.release(
            tag,
            {{"deploy/controller.yaml",
              deployment(std::string("registry.k8s.io/sig-storage/snapshot-controller:") + own)},
             {"deploy/plugin.yaml",
              deployment(std::string("registry.k8s.io/sig-storage/csi-provisioner:") + sidecar)}});
    EXPECT_EQ(story.audit(),
              "v6.0.0: consistent\n"
              "  deploy/controller.yaml:16:16 v6.0.0 consistent\n"
              "v6.1.0: consistent\n"
              "  deploy/controller.yaml:16:16 v6.1.0 consistent\n"
              "v6.2.0: drifted\n"
              "  deploy/controller.yaml:16:16 v6.1.0 drifted previous-version\n");
}

// As rancher/k3s: the version is Kubernetes' own, the build tells the releases apart, and an image
// tag writes "-" for "+".
TEST(Patterns, BuildsOfOneVersion) {
    Story story("https://github.com/rancher/k3s");
    for (const auto& [tag, declared] : {std::pair{"v1.30.1+k3s1", "v1.30.1-k3s1"},
                                        {"v1.30.2+k3s1", "v1.30.2-k3s1"},
                                        {"v1.30.2+k3s2", "v1.30.2-k3s1"},
                                        {"v1.30.2+k3s10", "v1.30.2_k3s10-amd64"}})
        story.release(tag, {{"deploy.yaml", deployment(std::string("rancher/k3s:") + declared)}});
    EXPECT_EQ(story.audit(),
              "v1.30.1+k3s1: consistent\n"
              "  deploy.yaml:16:16 v1.30.1-k3s1 consistent\n"
              "v1.30.2+k3s1: consistent\n"
              "  deploy.yaml:16:16 v1.30.2-k3s1 consistent\n"
              "v1.30.2+k3s2: drifted\n"
              "  deploy.yaml:16:16 v1.30.2-k3s1 drifted previous-version\n"
              "v1.30.2+k3s10: consistent\n"
              "  deploy.yaml:16:16 v1.30.2_k3s10-amd64 consistent\n");
}

// The overlay decides the tag, whatever the base holds; what else is in the base stays unchecked.
TEST(Patterns, ATagBesideARemoteBaseThatNobodyFetched) {
    Story story;
    for (const auto& [tag, declared] : {std::pair{"v1.0.0", "v1.0.0"}, {"v1.1.0", "v1.0.0"}})
        story.release(tag, {{"release/kustomization.yaml",
                             "resources:\n- https://github.com/acme/crds//all?ref=v3.0.0\nimages:\n"
                             "- name: ghcr.io/acme/app\n  newTag: " +
                                 std::string(declared) + "\n"}});
    const std::string unread =
        "  ! `release` could not be read, so it was not checked: accumulating resources from "
        "`https://github.com/acme/crds//all?ref=v3.0.0`: remote base "
        "`https://github.com/acme/crds//all?ref=v3.0.0` was not fetched\n";
    EXPECT_EQ(story.audit(),
              "v1.0.0: unchecked\n"
              "  release/kustomization.yaml:5:11 v1.0.0 consistent\n" +
                  unread +
                  "v1.1.0: drifted\n"
                  "  release/kustomization.yaml:5:11 v1.0.0 drifted previous-version\n" +
                  unread);
}

}  // namespace
}  // namespace lockstep
