#include "verify/judge.h"

#include "verify/finding.h"
#include "verify/past.h"

namespace lockstep::verify {
namespace {

TEST(Judge, NamesTheReleaseJustBefore) {
    Past past("descheduler");
    past.release("v0.28.0",
                 {kustomization("deploy", {"registry.k8s.io/descheduler/descheduler:v0.28.0"})})
        .release("v0.28.1",
                 {kustomization("deploy", {"registry.k8s.io/descheduler/descheduler:v0.28.1"})})
        .release("v0.29.0",
                 {kustomization("deploy", {"registry.k8s.io/descheduler/descheduler:v0.28.1"})});
    EXPECT_EQ(past.judged(),
              "v0.28.0: consistent\n"
              "  deploy/deployment.yaml image v0.28.0 consistent, expects v0.28.0\n"
              "v0.28.1: consistent\n"
              "  deploy/deployment.yaml image v0.28.1 consistent, expects v0.28.1\n"
              "v0.29.0: drifted\n"
              "  deploy/deployment.yaml image v0.28.1 drifted previous-version, expects v0.29.0\n");
}

TEST(Judge, TellsOlderNewerAndPreReleaseApart) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"acme/app:v1.0.0"})})
        .release("v1.1.0", {file("a.yaml", {"acme/app:v1.1.0"})})
        .release("v1.2.0", {file("a.yaml", {"acme/app:v1.0.0"})})
        .release("v1.3.0", {file("a.yaml", {"acme/app:v1.31.0"})})
        .release("v1.4.0", {file("a.yaml", {"acme/app:v1.4.0-rc.1"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: consistent\n"
              "  a.yaml image v1.0.0 consistent, expects v1.0.0\n"
              "v1.1.0: consistent\n"
              "  a.yaml image v1.1.0 consistent, expects v1.1.0\n"
              "v1.2.0: drifted\n"
              "  a.yaml image v1.0.0 drifted older, expects v1.2.0\n"
              "v1.3.0: drifted\n"
              "  a.yaml image v1.31.0 drifted newer, expects v1.3.0\n"
              "v1.4.0: drifted\n"
              "  a.yaml image v1.4.0-rc.1 drifted pre-release, expects v1.4.0\n");
}

TEST(Judge, ComparesVersionsAndNotTexts) {
    Past past;
    past.release("v1.2.3", {file("a.yaml", {"acme/app:1.2.3"})})
        .release("v1.2.30", {file("a.yaml", {"acme/app:1.2.3"})})
        .release("v1.2.31", {file("a.yaml", {"acme/app:1.2.31-eksbuild.4"})});
    EXPECT_EQ(past.judged(),
              "v1.2.3: consistent\n"
              "  a.yaml image 1.2.3 consistent, expects 1.2.3\n"
              "v1.2.30: drifted\n"
              "  a.yaml image 1.2.3 drifted previous-version, expects 1.2.30\n"
              "v1.2.31: consistent\n"
              "  a.yaml image 1.2.31-eksbuild.4 consistent, expects 1.2.31\n");
}

TEST(Judge, FindsTagsThatFloat) {
    Past past;
    past.release("v1.0.0",
                 {file("a.yaml", {"acme/app", "acme/app:latest", "acme/app:release-1.0"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: floating\n"
              "  a.yaml image - floating floating, expects 1.0.0\n"
              "  a.yaml image latest floating floating, expects 1.0.0\n"
              "  a.yaml image release-1.0 floating floating, expects 1.0.0\n");
}

TEST(Judge, LeavesForeignImagesAlone) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"acme/app:v1.0.0", "docker.io/library/busybox:1.36"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: consistent\n"
              "  a.yaml image v1.0.0 consistent, expects v1.0.0\n");
}

TEST(Judge, RecognisesAProjectWhoseImagesAreCalledOtherwise) {
    Past past("a-clone-in-some-folder");
    for (const char* tag : {"v1.0.0", "v1.1.0", "v1.2.0"})
        past.release(tag, {file("a.yaml",
                                {std::string("quay.io/org/snapshotter:") + tag, "postgres:15.1"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: consistent\n"
              "  a.yaml image v1.0.0 consistent, expects v1.0.0\n"
              "v1.1.0: consistent\n"
              "  a.yaml image v1.1.0 consistent, expects v1.1.0\n"
              "v1.2.0: consistent\n"
              "  a.yaml image v1.2.0 consistent, expects v1.2.0\n");
}

TEST(Judge, KnowsASiblingWithVersionsOfItsOwn) {
    Past past("metallb");
    past.release(
            "v0.14.0",
            {file("a.yaml", {"quay.io/metallb/speaker:v0.14.0", "quay.io/metallb/frr-k8s:v0.0.8"})})
        .release(
            "v0.14.1",
            {file("a.yaml", {"quay.io/metallb/speaker:v0.14.1", "quay.io/metallb/frr-k8s:v0.0.9"})})
        .release("v0.14.2", {file("a.yaml", {"quay.io/metallb/speaker:v0.14.1",
                                             "quay.io/metallb/frr-k8s:v0.0.9"})});
    EXPECT_EQ(past.judged(),
              "v0.14.0: consistent\n"
              "  a.yaml image v0.14.0 consistent, expects v0.14.0\n"
              "v0.14.1: consistent\n"
              "  a.yaml image v0.14.1 consistent, expects v0.14.1\n"
              "v0.14.2: drifted\n"
              "  a.yaml image v0.14.1 drifted previous-version, expects v0.14.2\n");
}

TEST(Judge, SeesADoubledPrefixAndOneThatIsMissing) {
    Past past;
    for (const char* tag : {"v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0"})
        past.release(tag, {file("a.yaml", {std::string("acme/app:") + tag})});
    past.release("v1.4.0", {file("a.yaml", {"acme/app:vv1.4.0"})})
        .release("v1.5.0", {file("a.yaml", {"acme/app:v1.5.0"})});
    EXPECT_NE(past.judged().find("a.yaml image vv1.4.0 drifted doubled-prefix, expects v1.4.0\n"),
              std::string::npos);

    Past other;
    for (const char* tag : {"v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0"})
        other.release(tag, {file("a.yaml", {std::string("acme/app:") + tag})});
    other.release("v1.4.0", {file("a.yaml", {"acme/app:1.4.0"})})
        .release("v1.5.0", {file("a.yaml", {"acme/app:v1.5.0"})});
    EXPECT_NE(other.judged().find("a.yaml image 1.4.0 drifted missing-prefix, expects v1.4.0\n"),
              std::string::npos);
}

TEST(Judge, TakesAChangeOfStyleForWhatItIs) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"acme/app:v1.0.0"})})
        .release("v1.1.0", {file("a.yaml", {"acme/app:v1.1.0"})})
        .release("v1.2.0", {file("a.yaml", {"acme/app:1.2.0"})})
        .release("v1.3.0", {file("a.yaml", {"acme/app:1.3.0"})});
    EXPECT_EQ(past.judged().find("drifted"), std::string::npos) << past.judged();
}

TEST(Judge, JudgesAChartWithTagsOfItsOwnAtThose) {
    Past past("descheduler");
    past.family("descheduler", "descheduler-helm-chart-{version}")
        .release("v0.28.0", {chart("charts/descheduler", "descheduler",
                                   {"0.27.1", "0.27.1", "k8s/descheduler", ""})})
        .release("v0.29.0", {chart("charts/descheduler", "descheduler",
                                   {"0.28.0", "0.28.0", "k8s/descheduler", ""})})
        .release("descheduler-helm-chart-0.28.0",
                 {chart("charts/descheduler", "descheduler",
                        {"0.28.0", "0.28.0", "k8s/descheduler", ""})},
                 "descheduler")
        .release("descheduler-helm-chart-0.29.0",
                 {chart("charts/descheduler", "descheduler",
                        {"0.28.1", "0.29.0", "k8s/descheduler", ""})},
                 "descheduler");
    past.history().releases[2].version = *version::Version::parse("0.28.0");
    past.history().releases[3].version = *version::Version::parse("0.29.0");
    EXPECT_EQ(past.judged(),
              "v0.28.0: absent\n"
              "  charts/descheduler/Chart.yaml chart_version 0.27.1 independent independent\n"
              "  charts/descheduler/Chart.yaml app_version 0.27.1 independent independent\n"
              "  charts/descheduler/values.yaml image 0.27.1 independent independent\n"
              "v0.29.0: absent\n"
              "  charts/descheduler/Chart.yaml chart_version 0.28.0 independent independent\n"
              "  charts/descheduler/Chart.yaml app_version 0.28.0 independent independent\n"
              "  charts/descheduler/values.yaml image 0.28.0 independent independent\n"
              "descheduler-helm-chart-0.28.0: consistent\n"
              "  charts/descheduler/Chart.yaml chart_version 0.28.0 consistent, expects 0.28.0\n"
              "  charts/descheduler/Chart.yaml app_version 0.28.0 consistent\n"
              "  charts/descheduler/values.yaml image 0.28.0 consistent\n"
              "descheduler-helm-chart-0.29.0: drifted\n"
              "  charts/descheduler/Chart.yaml chart_version 0.28.1 drifted older, expects 0.29.0\n"
              "  charts/descheduler/Chart.yaml app_version 0.29.0 consistent\n"
              "  charts/descheduler/values.yaml image 0.29.0 consistent\n");
}

TEST(Judge, RecognisesAPlaceholderThatNeverChanges) {
    Past past("cert-manager");
    for (const char* tag : {"v0.1.0", "v1.0.0", "v1.1.0", "v1.2.0"})
        past.release(tag, {chart("chart", "cert-manager", {"v0.1.0", "v0.1.0", "", ""})});
    EXPECT_EQ(past.judged().find("drifted"), std::string::npos) << past.judged();
}

TEST(Judge, ComparesAVersionedCopyWithItsDirectory) {
    Past past("driver");
    past.release("v4.1.0", {file("deploy/v4.1.0/driver.yaml", {"acme/driver:v4.1.0"})})
        .release("v4.2.0", {file("deploy/v4.1.0/driver.yaml", {"acme/driver:v4.1.0"}),
                            file("deploy/v4.2.0/driver.yaml", {"acme/driver:v4.1.0"})});
    EXPECT_EQ(
        past.judged(),
        "v4.1.0: consistent\n"
        "  deploy/v4.1.0/driver.yaml image v4.1.0 consistent, expects v4.1.0\n"
        "v4.2.0: drifted\n"
        "  deploy/v4.1.0/driver.yaml image v4.1.0 consistent, expects v4.1.0\n"
        "  deploy/v4.2.0/driver.yaml image v4.1.0 drifted previous-version, expects v4.2.0\n");
}

TEST(Judge, SaysWhatCouldNotBeRead) {
    Past past;
    evidence::Unit broken = kustomization("deploy", {});
    broken.facts.gaps.push_back({manifest::Surface::kustomize,
                                 "deploy",
                                 {Error::Kind::invalid, "`base` does not exist", "restore it",
                                  Location{"deploy/kustomization.yaml", 2, 3}},
                                 {}});
    evidence::Unit foreign = kustomization("tools", {});
    foreign.facts.gaps.push_back(
        {manifest::Surface::yaml, "", {Error::Kind::invalid, "template", "", {}}, {"busybox"}});
    past.release("v1.0.0", {file("a.yaml", {"acme/app:v1.0.0"}), broken, foreign});
    const Audit audit = judge(past.history(), {});
    ASSERT_EQ(audit.releases.size(), 1u);
    EXPECT_EQ(audit.releases[0].verdict, Verdict::unchecked);
    const std::vector<Finding> found = findings(audit.releases[0]);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].message(),
              "`deploy` could not be read, so it was not checked: `base` does not exist");
    EXPECT_EQ(exit_status(audit), 3);
}

TEST(Judge, SaysHowToMendADrift) {
    Past past;
    past.release("v1.0.0", {kustomization("deploy", {"acme/app:v1.0.0"})})
        .release("v1.1.0", {kustomization("deploy", {"acme/app:v1.0.0"})});
    const Audit audit = judge(past.history(), {});
    const std::vector<Finding> found = findings(audit.releases[1]);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].rule(), "declared-version");
    EXPECT_EQ(found[0].message(),
              "image `acme/app` is declared as `v1.0.0`, the release just before; v1.1.0 expects "
              "`v1.1.0`");
    EXPECT_EQ(
        found[0].hint(),
        "write the next release's version at deploy/deployment.yaml:7:16 before it is tagged; "
        "`v1.1.0` is published and stays as it is");
    EXPECT_EQ(exit_status(audit), 1);
}

TEST(Judge, FollowsTheConfiguration) {
    project::Project project;
    project.images.push_back(
        {.name = "ghcr.io/acme/server", .tag = *version::TagPattern::parse("{version}")});
    project.paths.push_back(
        {"dev/**", project::PathRule::Expect::floating, "developers follow main"});
    project.paths.push_back({"old/**", project::PathRule::Expect::ignored, "kept for reading"});
    Past past;
    past.release("v1.0.0",
                 {file("dev/a.yaml", {"ghcr.io/acme/server:main"}),
                  file("old/a.yaml", {"ghcr.io/acme/server:0.1.0"}),
                  file("b.yaml", {"ghcr.io/acme/server:v1.0.0", "quay.io/acme/server:1.0.0"})});
    EXPECT_EQ(past.judged(project),
              "v1.0.0: drifted\n"
              "  dev/a.yaml image main floating intended, expects 1.0.0\n"
              "  b.yaml image v1.0.0 drifted unexpected-prefix, expects 1.0.0\n"
              "  b.yaml image 1.0.0 drifted other-registry, expects 1.0.0\n");
}

TEST(Judge, CannotCompareADigestAlone) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"acme/app@sha256:" + std::string(64, 'a')})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: unchecked\n  a.yaml image - unchecked digest-only, expects 1.0.0\n");
    const Audit audit = judge(past.history(), {});
    const std::vector<Finding> found = findings(audit.releases[0]);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].severity(), Severity::note);
    EXPECT_EQ(found[0].message(),
              "image `acme/app` is pinned by digest alone, so its version was not checked; v1.0.0 "
              "expects `1.0.0`");
    EXPECT_EQ(exit_status(audit), 3);
}

TEST(Judge, SaysOfATagOfTwoNumbersThatItMoves) {
    Past past;
    past.release("v1.2.3", {file("a.yaml", {"acme/app:v1.2"})});
    const Audit audit = judge(past.history(), {});
    const std::vector<Finding> found = findings(audit.releases.at(0));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].message(),
              "image `acme/app` has `v1.2`, which moves with each patch; v1.2.3 expects `v1.2.3`");
}

TEST(Judge, AConfiguredPathSpeaksLouderThanItsName) {
    project::Project project;
    project.paths.push_back({"dev/**", project::PathRule::Expect::release, "developers pin"});
    Past past;
    past.release("v1.0.0", {file("dev/a.yaml", {"acme/app:main"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: absent\n  dev/a.yaml image main floating intended, expects 1.0.0\n");
    EXPECT_EQ(past.judged(project),
              "v1.0.0: floating\n  dev/a.yaml image main floating floating, expects 1.0.0\n");
}

TEST(Judge, WithoutAVersionAsksForAgreement) {
    Past past;
    past.release("v1.0.0", {file("a.yaml", {"acme/app:v1.0.0"})})
        .release("", {file("a.yaml", {"acme/app:v1.1.0"}), file("b.yaml", {"acme/app:v1.0.0"})});
    EXPECT_EQ(past.judged(),
              "v1.0.0: consistent\n"
              "  a.yaml image v1.0.0 consistent, expects v1.0.0\n"
              ": drifted\n"
              "  a.yaml image v1.1.0 consistent, expects v1.1.0\n"
              "  b.yaml image v1.0.0 drifted previous-version, expects v1.1.0\n");
}

}  // namespace
}  // namespace lockstep::verify
