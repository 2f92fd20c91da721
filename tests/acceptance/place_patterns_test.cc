// Where a version stands says what it claims: verdicts that were wrong once.
#include "acceptance/story.h"

namespace lockstep {
namespace {

std::string image_tag(const std::string& resource, const std::string& tag) {
    return "resources:\n- " + resource + "\nimages:\n- name: ghcr.io/acme/app\n  newTag: " + tag +
           "\n";
}

TEST(PlacePatterns, ADevOverlayHidesNothingOfWhatUsersApply) {
    // config/default is what users apply; that a dev overlay builds on it makes it no base, and
    // the overlay moves by its name.
    Story story;
    story
        .release("v1.0.0",
                 {{"config/default/kustomization.yaml", "resources:\n- deployment.yaml\n"},
                  {"config/default/deployment.yaml", deployment("ghcr.io/acme/app:v1.0.0")},
                  {"config/overlays/dev/kustomization.yaml", image_tag("../../default", "dev")}})
        .release("v1.1.0", {{"CHANGES", "the version was forgotten"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  config/default/deployment.yaml:16:16 v1.0.0 consistent\n"
              "  config/overlays/dev/kustomization.yaml:5:11 dev floating intended\n"
              "v1.1.0: drifted\n"
              "  config/default/deployment.yaml:16:16 v1.0.0 drifted previous-version\n"
              "  config/overlays/dev/kustomization.yaml:5:11 dev floating intended\n");
}

TEST(PlacePatterns, AnExampleThatBuildsOnTheReleaseHidesNothing) {
    Story story;
    story.release("v1.0.0",
                  {{"deploy/kustomization.yaml", "resources:\n- deployment.yaml\n"},
                   {"deploy/deployment.yaml", deployment("ghcr.io/acme/app:v0.9.0")},
                   {"examples/pinned/kustomization.yaml", image_tag("../../deploy", "v1.0.0")}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: drifted\n"
              "  deploy/deployment.yaml:16:16 v0.9.0 drifted older\n"
              "  examples/pinned/kustomization.yaml:5:11 v1.0.0 consistent\n");
}

TEST(PlacePatterns, AnAnnotationThatNamesTheImageWithoutAVersion) {
    // containerImage is shown in a catalogue; what runs is the container's image.
    Story story;
    const std::string operators =
        "apiVersion: operators.coreos.com/v1alpha1\nkind: ClusterServiceVersion\nmetadata:\n"
        "  name: app.v1.0.0\n  annotations:\n    containerImage: ghcr.io/acme/app\n"
        "spec:\n  install:\n    spec:\n      deployments:\n      - name: app\n        spec:\n"
        "          template:\n            spec:\n              containers:\n"
        "              - name: app\n                image: ghcr.io/acme/app:v1.0.0\n";
    story.release("v1.0.0", {{"bundle/manifests/app.yaml", operators}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  bundle/manifests/app.yaml:4:9 1.0.0 consistent\n"
              "  bundle/manifests/app.yaml:17:24 v1.0.0 consistent\n");
}

std::string service_version(const std::string& name, const std::string& version) {
    return "apiVersion: operators.coreos.com/v1alpha1\nkind: ClusterServiceVersion\nmetadata:\n"
           "  name: " +
           name + ".v" + version + "\nspec:\n  description: an image\n  version: " + version + "\n";
}

TEST(PlacePatterns, TheVersionOfAnOperatorsBundle) {
    // What bundles are made from stays at 0.0.0; an operator that is not the project's has versions
    // of its own; what an update replaces is named by right.
    Story story;
    for (const auto& [version, declared] :
         {std::pair{"1.0.0", "1.0.0"}, {"1.1.0", "1.1.0"}, {"1.2.0", "1.1.0"}})
        story.release(std::string("v") + version,
                      {{"bundle/manifests/app.yaml",
                        service_version("app", declared) + "  replaces: app.v0.9.0\n"},
                       {"config/manifests/bases/app.yaml", service_version("app", "0.0.0")},
                       {"foreign/dns.yaml", service_version("dns", std::string("7.") + version)}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  bundle/manifests/app.yaml:4:9 1.0.0 consistent\n"
              "  bundle/manifests/app.yaml:7:12 1.0.0 consistent\n"
              "  config/manifests/bases/app.yaml:4:9 0.0.0 floating placeholder\n"
              "  config/manifests/bases/app.yaml:7:12 0.0.0 floating placeholder\n"
              "  foreign/dns.yaml:4:9 7.1.0.0 independent independent\n"
              "  foreign/dns.yaml:7:12 7.1.0.0 independent independent\n"
              "v1.1.0: consistent\n"
              "  bundle/manifests/app.yaml:4:9 1.1.0 consistent\n"
              "  bundle/manifests/app.yaml:7:12 1.1.0 consistent\n"
              "  config/manifests/bases/app.yaml:4:9 0.0.0 floating placeholder\n"
              "  config/manifests/bases/app.yaml:7:12 0.0.0 floating placeholder\n"
              "  foreign/dns.yaml:4:9 7.1.1.0 independent independent\n"
              "  foreign/dns.yaml:7:12 7.1.1.0 independent independent\n"
              "v1.2.0: drifted\n"
              "  bundle/manifests/app.yaml:4:9 1.1.0 drifted previous-version\n"
              "  bundle/manifests/app.yaml:7:12 1.1.0 drifted previous-version\n"
              "  config/manifests/bases/app.yaml:4:9 0.0.0 floating placeholder\n"
              "  config/manifests/bases/app.yaml:7:12 0.0.0 floating placeholder\n"
              "  foreign/dns.yaml:4:9 7.1.2.0 independent independent\n"
              "  foreign/dns.yaml:7:12 7.1.2.0 independent independent\n");
}

TEST(PlacePatterns, ATableOfReleases) {
    // A row of an older release stays true; only the newest row can be forgotten.
    Story story;
    const auto row = [](const std::string& tag) {
        return "| " + tag + " | https://github.com/acme/app/releases/download/" + tag +
               "/install.yaml |\n";
    };
    story.release("v1.0.0", {{"README.md", row("v1.0.0")}})
        .release("v1.1.0", {{"README.md", row("v1.1.0") + row("v1.0.0")}})
        .release("v1.2.0", {{"CHANGES", "the row was forgotten"}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  README.md:1:58 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  README.md:1:58 v1.1.0 consistent\n"
              "v1.2.0: drifted\n"
              "  README.md:1:58 v1.1.0 drifted previous-version\n");
}

TEST(PlacePatterns, AnUpgradeGuideNamesTheReleaseBeforeByRight) {
    Story story;
    story.release(
        "v1.1.0",
        {{"install.yaml", deployment("ghcr.io/acme/app:v1.1.0")},
         {"docs/upgrading.md",
          "From https://github.com/acme/app/releases/download/v1.0.0/install.yaml go on to\n"
          "https://github.com/acme/app/releases/download/v1.1.0/install.yaml\n"}});
    EXPECT_EQ(story.audit(),
              "v1.1.0: consistent\n"
              "  install.yaml:16:16 v1.1.0 consistent\n");
}

TEST(PlacePatterns, ACopyOfAFormerReleaseInOneFile) {
    // A file that is called after a release is judged at that; one that is called after a line of
    // releases ("app-1.0.yml") by nobody once the line is left.
    Story story;
    for (const std::string tag : {"1.0.0", "1.1.0", "1.2.0"})
        story.release("v" + tag,
                      {{"deploy/app-" + tag + ".yml", deployment("acme/app:v" + tag)},
                       {"line/app-" + tag.substr(0, 3) + ".yml", deployment("acme/app:v" + tag)}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  deploy/app-1.0.0.yml:16:16 v1.0.0 consistent\n"
              "  line/app-1.0.yml:16:16 v1.0.0 consistent\n"
              "v1.1.0: consistent\n"
              "  deploy/app-1.0.0.yml:16:16 v1.0.0 consistent\n"
              "  deploy/app-1.1.0.yml:16:16 v1.1.0 consistent\n"
              "  line/app-1.0.yml:16:16 v1.0.0 independent independent\n"
              "  line/app-1.1.yml:16:16 v1.1.0 consistent\n"
              "v1.2.0: consistent\n"
              "  deploy/app-1.0.0.yml:16:16 v1.0.0 consistent\n"
              "  deploy/app-1.1.0.yml:16:16 v1.1.0 consistent\n"
              "  deploy/app-1.2.0.yml:16:16 v1.2.0 consistent\n"
              "  line/app-1.0.yml:16:16 v1.0.0 independent independent\n"
              "  line/app-1.1.yml:16:16 v1.1.0 independent independent\n"
              "  line/app-1.2.yml:16:16 v1.2.0 consistent\n");
}

TEST(PlacePatterns, ATagOfTwoNumbersMovesWithItsPatches) {
    Story story;
    for (const auto& [tag, declared] :
         {std::pair{"v1.1.0", "v1.1"}, {"v1.1.1", "v1.1"}, {"v1.2.0", "v1.1"}, {"v1.2.1", "v1.1"}})
        story.release(tag, {{"install.yaml", deployment(std::string("acme/app:") + declared)},
                            {"CHANGES", tag}});
    EXPECT_EQ(story.audit(),
              "v1.1.0: consistent\n"
              "  install.yaml:16:16 v1.1 consistent\n"
              "v1.1.1: floating\n"
              "  install.yaml:16:16 v1.1 floating floating\n"
              "v1.2.0: drifted\n"
              "  install.yaml:16:16 v1.1 drifted older\n"
              "v1.2.1: drifted\n"
              "  install.yaml:16:16 v1.1 drifted older\n");
}

TEST(PlacePatterns, ADigestThatDidNotMoveWithItsTag) {
    // The digest decides what runs: one digest under two versions is no proof of the second.
    Story story;
    const auto pinned = [](const std::string& tag, char digit) {
        return deployment("acme/app:" + tag + "@sha256:" + std::string(64, digit));
    };
    story.release("v1.0.0", {{"install.yaml", pinned("v1.0.0", 'a')}})
        .release("v1.1.0", {{"install.yaml", pinned("v1.1.0", 'a')}})
        .release("v1.2.0", {{"install.yaml", pinned("v1.2.0", 'b')}});
    EXPECT_EQ(story.audit(),
              "v1.0.0: consistent\n"
              "  install.yaml:16:16 v1.0.0 consistent\n"
              "v1.1.0: unchecked\n"
              "  install.yaml:16:16 v1.1.0 unchecked same-digest\n"
              "v1.2.0: consistent\n"
              "  install.yaml:16:16 v1.2.0 consistent\n");
}

}  // namespace
}  // namespace lockstep
