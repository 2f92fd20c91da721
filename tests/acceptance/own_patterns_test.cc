// What is a project's own, and what only looks like it: verdicts that were wrong once.
#include "acceptance/story.h"

namespace lockstep {
namespace {

std::string chart(const std::string& name, const std::string& version, const std::string& app) {
    return "apiVersion: v2\nname: " + name + "\nversion: " + version + "\nappVersion: " + app +
           "\n";
}

std::string with_sidecar(const std::string& image, const std::string& sidecar) {
    return deployment(image) + "      - name: sidecar\n        image: " + sidecar + "\n";
}

TEST(OwnPatterns, ASiblingOfTheSameOwnerInTheOnlyRelease) {
    // frr-k8s has versions of its own; no other release is there to show it, but no release of
    // metallb was ever called v0.0.17.
    Story story("https://github.com/metallb/metallb");
    story.release("v0.14.0", {{"install.yaml", with_sidecar("quay.io/metallb/controller:v0.14.0",
                                                            "quay.io/metallb/frr-k8s:v0.0.17")}});
    EXPECT_EQ(story.audit(),
              "v0.14.0: consistent\n"
              "  install.yaml:16:16 v0.14.0 consistent\n");
}

TEST(OwnPatterns, AForeignSidecarThatMeetsTheProductsVersionsNowAndThen) {
    Story story("https://github.com/acme/widget");
    const std::string proxy = "gcr.io/kubebuilder/kube-rbac-proxy:";
    for (const auto& [tag, sidecar] : {std::pair{"v0.8.0", "v0.8.0"},
                                       {"v0.9.0", "v0.8.0"},
                                       {"v0.10.0", "v0.8.0"},
                                       {"v0.11.0", "v0.11.0"},
                                       {"v0.12.0", "v0.11.0"},
                                       {"v0.13.0", "v0.13.0"}})
        story.release(tag, {{"install.yaml", with_sidecar(std::string("ghcr.io/acme/widget:") + tag,
                                                          proxy + sidecar)}});
    EXPECT_EQ(story.audit().find("drifted"), std::string::npos) << story.audit();
}

TEST(OwnPatterns, AForeignSidecarBesideAnImageOfTheOwner) {
    // Neither is called like the project, but one belongs to the repository's owner.
    Story story("https://github.com/acme/app");
    for (const auto& [tag, sidecar] : {std::pair{"v1.0.0", "v1.0.0"},
                                       {"v1.1.0", "v1.0.0"},
                                       {"v1.2.0", "v1.0.0"},
                                       {"v1.3.0", "v1.3.0"},
                                       {"v1.4.0", "v1.3.0"}})
        story.release(
            tag, {{"install.yaml", with_sidecar(std::string("ghcr.io/acme/xyz:") + tag,
                                                std::string("ghcr.io/other/side:") + sidecar)}});
    EXPECT_EQ(story.audit().find("drifted"), std::string::npos) << story.audit();
}

TEST(OwnPatterns, APublicImageOfTheOnlyReleasesVersion) {
    Story story("https://github.com/acme/tool");
    story.release("v1.27.0", {{"install.yaml", deployment("nginx:1.27.0")}});
    EXPECT_EQ(story.audit(), "v1.27.0: absent\n");
}

TEST(OwnPatterns, AChartForSomebodyElsesProgram) {
    Story story;
    for (const auto& [tag, minor] : {std::pair{"v1.0.0", "0"}, {"v1.1.0", "1"}, {"v1.2.0", "2"}}) {
        const std::string version = std::string("1.") + minor + ".0";
        story.release(
            tag, {{"charts/app/Chart.yaml", chart("app", version, version)},
                  {"charts/redis/Chart.yaml",
                   chart("redis", std::string("17.0.") + minor, std::string("7.0.") + minor)},
                  {"charts/redis/values.yaml", "image:\n  repository: bitnami/redis\n  tag: 7.0." +
                                                   std::string(minor) + "\n"}});
    }
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.0.0 consistent\n"
              "  charts/redis/Chart.yaml:3:10 17.0.0 independent independent\n"
              "  charts/redis/Chart.yaml:4:13 7.0.0 independent independent\n"
              "v1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.1.0 consistent\n"
              "  charts/redis/Chart.yaml:3:10 17.0.1 independent independent\n"
              "  charts/redis/Chart.yaml:4:13 7.0.1 independent independent\n"
              "v1.2.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.2.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 1.2.0 consistent\n"
              "  charts/redis/Chart.yaml:3:10 17.0.2 independent independent\n"
              "  charts/redis/Chart.yaml:4:13 7.0.2 independent independent\n");
}

TEST(OwnPatterns, AChartVersionOfItsOwnThatMeetsTheProductsNumbers) {
    // 1.1.1 and 1.1.2 were never releases of the product: the chart counts for itself.
    Story story;
    for (const auto& [tag, version] : {std::pair{"v1.0.0", "1.0.0"},
                                       {"v1.1.0", "1.1.0"},
                                       {"v1.2.0", "1.1.1"},
                                       {"v1.3.0", "1.1.2"},
                                       {"v1.4.0", "1.2.0"}})
        story.release(tag, {{"charts/app/Chart.yaml", chart("app", version, tag)}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.1.0 consistent\n"
              "v1.2.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.1 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.2.0 consistent\n"
              "v1.3.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.2 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.3.0 consistent\n"
              "v1.4.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.2.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.4.0 consistent\n");
}

TEST(OwnPatterns, AChartThatTookOnTheProductsVersionLate) {
    Story story;
    for (const auto& [tag, version] : {std::pair{"v1.0.0", "0.3.0"},
                                       {"v1.1.0", "1.1.0"},
                                       {"v1.2.0", "1.1.0"},
                                       {"v1.3.0", "1.3.0"},
                                       {"v1.4.0", "1.4.0"}})
        story.release(tag, {{"charts/app/Chart.yaml", chart("app", version, tag)}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 0.3.0 independent independent\n"
              "  charts/app/Chart.yaml:4:13 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 v1.1.0 consistent\n"
              "v1.2.0: drifted\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 drifted previous-version\n"
              "  charts/app/Chart.yaml:4:13 v1.2.0 consistent\n"
              "v1.3.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.3.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 v1.3.0 consistent\n"
              "v1.4.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.4.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 v1.4.0 consistent\n");
}

TEST(OwnPatterns, ARepositoryOfOneChartForAForeignProgram) {
    Story story("https://github.com/acme/helm-charts");
    for (const auto& [tag, version, app] : {std::tuple{"app-1.0.0", "1.0.0", "9.0.0"},
                                            {"app-1.1.0", "1.1.0", "9.1.0"},
                                            {"app-1.2.0", "1.1.0", "9.2.0"}})
        story.release(tag,
                      {{"charts/app/Chart.yaml", chart("app", version, app)},
                       {"charts/app/values.yaml", "image:\n  repository: docker.io/other/app\n"}});
    EXPECT_EQ(story.audit(),
              "app-1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 9.0.0 independent independent\n"
              "app-1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 9.1.0 independent independent\n"
              "app-1.2.0: drifted\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 drifted previous-version\n"
              "  charts/app/Chart.yaml:4:13 9.2.0 independent independent\n");
}

TEST(OwnPatterns, ARepositoryOfSeveralCharts) {
    Story story("https://github.com/acme/helm-charts");
    story.release("app-1.0.0", {{"charts/app/Chart.yaml", chart("app", "1.0.0", "9.0.0")}})
        .release("web-7.0.0", {{"charts/web/Chart.yaml", chart("web", "7.0.0", "3.0.0")}})
        .release("app-1.1.0", {{"charts/app/Chart.yaml", chart("app", "1.1.0", "9.0.1")}})
        .release("web-7.1.0", {{"charts/web/Chart.yaml", chart("web", "7.1.0", "3.0.1")}})
        .release("web-7.2.0", {{"CHANGES", "the version was forgotten"}});
    EXPECT_EQ(story.audit(),
              "app-1.0.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.0.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 9.0.0 independent independent\n"
              "app-1.1.0: consistent\n"
              "  charts/app/Chart.yaml:3:10 1.1.0 consistent\n"
              "  charts/app/Chart.yaml:4:13 9.0.1 independent independent\n"
              "web-7.0.0: consistent\n"
              "  charts/web/Chart.yaml:3:10 7.0.0 consistent\n"
              "  charts/web/Chart.yaml:4:13 3.0.0 independent independent\n"
              "web-7.1.0: consistent\n"
              "  charts/web/Chart.yaml:3:10 7.1.0 consistent\n"
              "  charts/web/Chart.yaml:4:13 3.0.1 independent independent\n"
              "web-7.2.0: drifted\n"
              "  charts/web/Chart.yaml:3:10 7.1.0 drifted previous-version\n"
              "  charts/web/Chart.yaml:4:13 3.0.1 independent independent\n");
}

TEST(OwnPatterns, AMonoRepositoryOfComponents) {
    // The release of one component says nothing about the other, whose version it is not.
    Story story("https://github.com/acme/platform");
    story.release("api/v1.0.0", {{"api/deploy.yaml", deployment("ghcr.io/acme/api:v1.0.0")}})
        .release("web/v3.0.0",
                 {{"web/deploy.yaml", deployment("ghcr.io/acme/platform-web:v3.0.0")}})
        .release("api/v1.1.0", {{"api/deploy.yaml", deployment("ghcr.io/acme/api:v1.1.0")}})
        .release("web/v3.1.0", {{"CHANGES", "the version was forgotten"}});
    EXPECT_EQ(story.audit(),
              "api/v1.0.0: consistent\n"
              "  api/deploy.yaml:16:16 v1.0.0 consistent\n"
              "api/v1.1.0: consistent\n"
              "  api/deploy.yaml:16:16 v1.1.0 consistent\n"
              "web/v3.0.0: consistent\n"
              "  web/deploy.yaml:16:16 v3.0.0 consistent\n"
              "web/v3.1.0: drifted\n"
              "  web/deploy.yaml:16:16 v3.0.0 drifted previous-version\n");
}

TEST(OwnPatterns, TagsThatDoNotLookLikeVersions) {
    // A tag need not look like a version: an image tag that is called like a release names it.
    for (const auto& [first, second] : {std::pair{"v25", "v26"}, {"2024-10-01", "2024-10-15"}}) {
        Story story;
        story
            .release(first,
                     {{"install.yaml", deployment(std::string("ghcr.io/acme/app:") + first)}})
            .release(second, {{"CHANGES", "the version was forgotten"}});
        EXPECT_EQ(story.audit(), std::string(first) + ": consistent\n  install.yaml:16:16 " +
                                     first + " consistent\n" + second +
                                     ": drifted\n  install.yaml:16:16 " + first +
                                     " drifted previous-version\n");
    }
}

TEST(OwnPatterns, AWritingThatChangedAfterTheFirstRelease) {
    Story story;
    for (const auto& [tag, declared] : {std::pair{"v1.0.0", "1.0.0"},
                                        {"v1.1.0", "v1.1.0"},
                                        {"v1.2.0", "v1.2.0"},
                                        {"v1.3.0", "v1.3.0"},
                                        {"v1.4.0", "v1.4.0"}})
        story.release(tag,
                      {{"install.yaml", deployment(std::string("ghcr.io/acme/app:") + declared)}});
    EXPECT_EQ(story.audit().find("drifted"), std::string::npos) << story.audit();
}

TEST(OwnPatterns, VersionsInLabelsWhereTheProjectNamesThem) {
    // prometheus-operator's label, gateway-api's annotation, an operator bundle's own version.
    const auto labelled = [](const std::string& version) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: app\n  labels:\n"
               "    app.kubernetes.io/version: " +
               version + "\n  annotations:\n    gateway.networking.k8s.io/bundle-version: v" +
               version + "\nspec:\n  version: " + version + "\n";
    };
    const std::string configuration =
        "images: [ghcr.io/acme/app]\ntexts:\n  - path: deploy/*.yaml\n    patterns:\n"
        "      - \"app.kubernetes.io/version: {version}\"\n"
        "      - \"bundle-version: v{version}\"\n      - \"  version: {version}\"\n";
    Story story("https://github.com/acme/app");
    story.release("v1.0.0", {{"deploy/service.yaml", labelled("1.0.0")},
                             {"deploy/app.yaml", deployment("ghcr.io/acme/app:v1.0.0")},
                             {"lockstep.yaml", configuration}});
    story.release("v1.1.0", {{"deploy/service.yaml", labelled("1.0.0")},
                             {"deploy/app.yaml", deployment("ghcr.io/acme/app:v1.1.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  deploy/app.yaml:16:16 v1.0.0 consistent\n"
              "  deploy/service.yaml:6:32 1.0.0 consistent\n"
              "  deploy/service.yaml:8:48 1.0.0 consistent\n"
              "  deploy/service.yaml:10:12 1.0.0 consistent\n"
              "v1.1.0: drifted\n"
              "  deploy/app.yaml:16:16 v1.1.0 consistent\n"
              "  deploy/service.yaml:6:32 1.0.0 drifted previous-version\n"
              "  deploy/service.yaml:8:48 1.0.0 drifted previous-version\n"
              "  deploy/service.yaml:10:12 1.0.0 drifted previous-version\n");
}

}  // namespace
}  // namespace lockstep
