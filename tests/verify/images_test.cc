#include <gtest/gtest.h>

#include "verify/finding.h"
#include "verify/judge.h"
#include "verify/past.h"
#include "verify/references.h"

// What registries hold against what releases declare: each rule with its fault and its near miss.
namespace lockstep::verify {
namespace {

using evidence::Labels;
using evidence::SeenImage;
using evidence::SeenPlatform;

constexpr const char* revision = "org.opencontainers.image.revision";
constexpr const char* version = "org.opencontainers.image.version";
constexpr const char* source = "org.opencontainers.image.source";

std::string digest(char c) {
    return "sha256:" + std::string(64, c);
}
std::string commit(char c) {
    return std::string(40, c);
}

SeenPlatform platform(std::string name, char manifest, Labels labels) {
    return {.name = std::move(name), .digest = digest(manifest), .labels = std::move(labels)};
}

SeenImage index(char id, std::vector<SeenPlatform> platforms) {
    return {.state = SeenImage::State::found,
            .source = "ghcr.io",
            .digest = digest(id),
            .is_index = true,
            .platforms = std::move(platforms)};
}

SeenImage missing() {
    return {.state = SeenImage::State::missing, .source = "ghcr.io"};
}

SeenImage unknown(std::string reason) {
    return {.state = SeenImage::State::unknown, .source = "ghcr.io", .reason = std::move(reason)};
}

/// Releases v1.0.0 (commit a…) and v1.1.0 (commit b…) that each declare their own image.
class Images : public ::testing::Test {
  protected:
    Images() {
        past_.release("v1.0.0", {kustomization("deploy", {"ghcr.io/acme/app:v1.0.0"})})
            .release("v1.1.0", {kustomization("deploy", {"ghcr.io/acme/app:v1.1.0"})});
        history().repository = "github.com/acme/app";
        history().releases[0].commit = commit('a');
        history().releases[1].commit = commit('b');
    }

    evidence::History& history() { return past_.history(); }

    void declare(const std::string& image) {
        evidence::Tree tree;
        tree.units.push_back(
            std::make_shared<const evidence::Unit>(kustomization("deploy", {image})));
        history().releases[1].tree = std::make_shared<const evidence::Tree>(std::move(tree));
    }

    void see(const std::string& reference, SeenImage image) {
        history().images["ghcr.io/acme/app" + reference] = std::move(image);
    }

    /// An image of v1.1.0 with these labels on its only platform.
    void see_labels(Labels labels) {
        see(":v1.1.0", index('1', {platform("linux/amd64", '2', std::move(labels))}));
    }

    /// The newest release: its verdict, its images and what is wrong with them.
    std::string judged(Registry registry = Registry::optional) {
        const Audit audit = judge(past_.history(), project_, {}, registry);
        const ReleaseVerdict& release = audit.releases.back();
        std::string text = to_string(release.verdict);
        for (const JudgedImage& image : release.images) {
            text += std::string("\n") + image.reference + " " + to_string(image.state);
            if (!image.reason.empty()) text += ": " + image.reason;
        }
        for (const Finding& finding : findings(release))
            text += std::string("\n") + to_string(finding.severity()) + "[" +
                    std::string(finding.rule()) + "] " + to_string(finding.fault()) + ": " +
                    finding.message();
        return text;
    }

    Past past_{"app"};
    project::Project project_;
};

TEST_F(Images, ThatNobodyAskedForAreUncheckedAndNeverFine) {
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 unchecked: nobody asked its registry");
    EXPECT_EQ(judged(Registry::required),
              "unchecked\n"
              "ghcr.io/acme/app:v1.1.0 unchecked: nobody asked its registry");
}

TEST_F(Images, ThatNobodyWasToAskForAreKeptWhereTheyAreWrongAllTheSame) {
    EXPECT_EQ(judged(Registry::unasked), "consistent");
    project_.registries = {{.name = "ghcr.io/acme", .retired = "moved away"}};
    EXPECT_NE(judged(Registry::unasked).find("registry-retired"), std::string::npos)
        << judged(Registry::unasked);
}

TEST_F(Images, WhoseRegistryDoesNotAnswerAreUncheckedWithTheReason) {
    see(":v1.1.0", unknown("`ghcr.io` does not answer"));
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 unchecked: `ghcr.io` does not answer");
    const Audit audit = judge(history(), project_, {}, Registry::required);
    EXPECT_EQ(audit.releases.back().verdict, Verdict::unchecked);
    EXPECT_EQ(exit_status(audit), 3);
}

TEST_F(Images, AreProvedByTheirRevision) {
    see_labels({{revision, commit('b')}, {version, "1.1.0"}});
    EXPECT_EQ(judged(Registry::required),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
    see_labels({{revision, "BBBBBBBB"}});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from BBBBBBBB, the commit of v1.1.0");
}

TEST_F(Images, WithoutLabelsAreNotProvedAndNoFinding) {
    see_labels({});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: no label says which commit it was built from");
    see(":v1.1.0", index('1', {platform("linux/amd64", '2', {{revision, commit('b')}}),
                               platform("linux/arm64", '3', {})}));
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: linux/arm64 does not say which commit it was "
              "built from");
    see_labels({{revision, "main"}});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: its revision is `main` (label): no commit");
}

TEST_F(Images, WithoutLabelsAreAFindingWhereTheConfigurationRequiresThem) {
    project_.images = {{.name = "ghcr.io/acme/app"}};
    project_.images[0].labels = project::Image::Labels::required;
    see_labels({{version, "1.1.0"}});
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: no label says which commit it was built from\n"
              "error[image-revision] no-label: image `ghcr.io/acme/app:v1.1.0` has no label "
              "`org.opencontainers.image.revision` of its own, which lockstep.yaml requires");
    see_labels({{version, "1.1.0"}, {revision, commit('b')}});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
}

TEST_F(Images, ThatDoNotExistMakeTheirReleaseDrift) {
    see(":v1.1.0", missing());
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 missing\n"
              "error[image-missing] image-missing: image `ghcr.io/acme/app:v1.1.0` does not "
              "exist: `ghcr.io` holds none");
    project_.rules = {{"image-missing", "off"}};
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 missing");
}

TEST_F(Images, OfAVersionThatIsNotTaggedYetAreOnlyNoted) {
    see(":v1.1.0", missing());
    history().releases[1].tag.clear();
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 missing\n"
              "note[image-missing] image-missing: image `ghcr.io/acme/app:v1.1.0` does not "
              "exist: `ghcr.io` holds none");
    EXPECT_EQ(exit_status(judge(history(), project_)), 0);
    project_.rules = {{"image-missing", "error"}};
    EXPECT_EQ(judged().substr(0, 7), "drifted");
}

TEST_F(Images, ThatAChartMakesUpAreNotCalledMissing) {
    evidence::Tree tree;
    tree.units.push_back(std::make_shared<const evidence::Unit>(
        chart("charts/app", "app", {"1.1.0", "1.1.0", "ghcr.io/acme/app", ""})));
    history().releases[1].tree = std::make_shared<const evidence::Tree>(std::move(tree));
    see(":1.1.0", missing());
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:1.1.0 unchecked: nothing is there under it, but the chart's "
              "templates make its tag; --helm-render tells which");
}

TEST_F(Images, AreHeldAgainstThePlatformsOfTheReleaseBefore) {
    const Labels labels{{revision, commit('b')}};
    see(":v1.0.0", index('9', {platform("linux/amd64", '8', {}), platform("linux/arm64", '7', {}),
                               platform("linux/s390x", '6', {})}));
    see(":v1.1.0", index('1', {platform("linux/amd64", '2', labels)}));
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 wrong: built from bbbbbbbbbbbb, the commit of v1.1.0\n"
              "warning[image-missing] platform-missing: image `ghcr.io/acme/app:v1.1.0` is not "
              "there for linux/arm64 and linux/s390x, as `v1.0.0` is");
    see(":v1.0.0", index('9', {platform("linux/amd64", '8', {})}));
    see(":v1.1.0",
        index('1', {platform("linux/amd64", '2', labels), platform("linux/arm64", '3', labels)}));
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
}

TEST_F(Images, BuiltFromAnotherReleaseAreWrong) {
    see_labels({{revision, commit('a')}});
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 wrong\n"
              "error[image-revision] other-revision: image `ghcr.io/acme/app:v1.1.0` says that it "
              "was built from `aaaaaaaaaaaa` (label; the commit of v1.0.0); v1.1.0 expects "
              "`bbbbbbbbbbbb`");
}

TEST_F(Images, BuiltFromAnyCommitOfTheRepositoryOrOfItsSourceAreWrong) {
    see_labels({{revision, commit('c')}});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: its revision is `" +
                  commit('c') +
                  "` (label): a commit that may be another repository's, and nothing says that "
                  "the label is the image's own");
    history().commits[commit('c')] = {evidence::SeenCommit::State::found, commit('c')};
    EXPECT_EQ(judged().substr(0, 7), "drifted");
    history().commits[commit('c')] = {evidence::SeenCommit::State::absent, ""};
    EXPECT_EQ(judged().substr(0, 10), "consistent");
    see_labels({{revision, commit('c')}, {source, "https://github.com/Acme/app.git"}});
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 wrong\n"
              "error[image-revision] other-revision: image `ghcr.io/acme/app:v1.1.0` says that it "
              "was built from `cccccccccccc` (label; a commit that this repository does not hold); "
              "v1.1.0 expects `bbbbbbbbbbbb`");
}

TEST_F(Images, LabelsOfABaseImageAreNotBelieved) {
    see_labels({{revision, commit('a')}, {source, "https://github.com/distro/base"}});
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: its revision is `" +
                  commit('a') +
                  "` (label): it stands beside the source `https://github.com/distro/base`");
    see_labels({{revision, commit('c')}, {version, "1.0.0"}});
    SeenImage& image = history().images["ghcr.io/acme/app:v1.1.0"];
    image.base = {{{revision, commit('c')}, {version, "1.0.0"}}};
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 not-proved: its revision is `" +
                  commit('c') + "` (label): the image that it was built on says the same");
    // What the base does not say is the image's own, if all of the base is known.
    image.platforms[0].labels.erase(version);
    image.base = {{{revision, commit('d')}}};
    EXPECT_EQ(judged().substr(0, 10), "consistent");
    image.is_base_known = true;
    EXPECT_EQ(judged().substr(0, 7), "drifted");
}

TEST_F(Images, TheLabelOfTheConfigCountsBeforeAnAnnotationThatABaseLeft) {
    see_labels({{revision, commit('b')}});
    SeenPlatform& only = history().images["ghcr.io/acme/app:v1.1.0"].platforms[0];
    only.annotations = {{revision, commit('a')}};
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
    // The other way round: labels of a base, an annotation of our own.
    only.labels = {{revision, commit('d')}, {source, "https://github.com/distro/base"}};
    only.annotations = {{revision, commit('b')}};
    EXPECT_EQ(judged(),
              "consistent\n"
              "ghcr.io/acme/app:v1.1.0 proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
}

TEST_F(Images, EveryPlatformMustSayIt) {
    see(":v1.1.0", index('1', {platform("linux/amd64", '2', {{revision, commit('b')}}),
                               platform("linux/arm64", '3', {{revision, commit('a')}})}));
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 wrong\n"
              "error[image-revision] other-revision: image `ghcr.io/acme/app:v1.1.0` says that it "
              "was built from `aaaaaaaaaaaa` (label of linux/arm64; the commit of v1.0.0); v1.1.0 "
              "expects `bbbbbbbbbbbb`");
}

TEST_F(Images, OfAnotherVersionAreWrong) {
    see_labels({{revision, commit('b')}, {version, "v1.0.0"}});
    EXPECT_EQ(judged(),
              "drifted\n"
              "ghcr.io/acme/app:v1.1.0 wrong: built from bbbbbbbbbbbb, the commit of v1.1.0\n"
              "error[image-version] other-version: image `ghcr.io/acme/app:v1.1.0` says that it is "
              "version `v1.0.0` (label); v1.1.0 expects `1.1.0`");
    // As Ubuntu's images say it of themselves, and all that are built on them.
    see_labels(
        {{revision, commit('b')}, {version, "22.04"}, {source, "https://github.com/acme/app"}});
    EXPECT_EQ(judged().substr(0, 10), "consistent");
    see_labels({{revision, commit('b')}, {version, "1.1.0-alpine"}});
    EXPECT_EQ(judged().substr(0, 10), "consistent");
    see_labels({{revision, commit('b')}, {version, "main"}});
    EXPECT_EQ(judged().substr(0, 10), "consistent");
}

TEST_F(Images, PinnedToWhatTheTagResolvesToAreRight) {
    const Labels labels{{revision, commit('b')}};
    const SeenImage image = index('1', {platform("linux/amd64", '2', labels)});
    for (const char pinned : {'1', '2'}) {  // the index; a platform's manifest out of it
        declare("ghcr.io/acme/app:v1.1.0@" + digest(pinned));
        see(":v1.1.0", image);
        EXPECT_EQ(judged(), "consistent\nghcr.io/acme/app:v1.1.0@" + digest(pinned) +
                                " proved: built from bbbbbbbbbbbb, the commit of v1.1.0");
    }
}

TEST_F(Images, PinnedToSomethingElseAreExplained) {
    const Labels labels{{revision, commit('b')}};
    declare("ghcr.io/acme/app:v1.1.0@" + digest('5'));
    see(":v1.1.0",
        index('1', {platform("linux/amd64", '2', labels), platform("linux/arm64", '3', labels)}));
    SeenImage pinned =
        index('5', {platform("linux/amd64", '6', labels), platform("linux/s390x", '7', labels)});
    pinned.platforms[0].diff_ids = {digest('d')};
    see("@" + digest('5'), pinned);
    EXPECT_EQ(judged(),
              "drifted\nghcr.io/acme/app:v1.1.0@" + digest('5') +
                  " wrong: built from bbbbbbbbbbbb, the commit of v1.1.0\n"
                  "error[digest-mismatch] other-digest: image `ghcr.io/acme/app:v1.1.0@" +
                  digest('5') +
                  "` is pinned to another digest than its tag resolves to (linux/amd64 was "
                  "rebuilt, linux/arm64 was added, linux/s390x was removed)");
    pinned =
        index('5', {platform("linux/amd64", '2', labels), platform("linux/arm64", '3', labels)});
    see("@" + digest('5'), pinned);
    EXPECT_NE(judged().find("(only annotations or the packing differ)"), std::string::npos)
        << judged();
}

TEST_F(Images, PinnedToWhatIsNotThereAreMissing) {
    declare("ghcr.io/acme/app:v1.1.0@" + digest('5'));
    see(":v1.1.0", index('1', {platform("linux/amd64", '2', {})}));
    see("@" + digest('5'), missing());
    EXPECT_EQ(judged(), "drifted\nghcr.io/acme/app:v1.1.0@" + digest('5') +
                            " missing\n"
                            "error[image-missing] image-missing: image `ghcr.io/acme/app:v1.1.0@" +
                            digest('5') + "` does not exist: `ghcr.io` holds none");
}

/// The tagged commit adds the digest to the commit that was built.
class Pinned : public Images {
  protected:
    Pinned() {
        declare("ghcr.io/acme/app@" + digest('1'));
        see("@" + digest('1'),
            index('1', {platform("linux/amd64", '2', {{revision, commit('e')}})}));
        history().commits[commit('e')] = {evidence::SeenCommit::State::found, commit('e')};
    }
    void parent(std::vector<std::string> changed) {
        history().parents[commit('b')] = {{commit('e'), std::move(changed), true}};
    }
};

TEST_F(Pinned, MayNameTheCommitBefore) {
    parent({"deploy/deployment.yaml"});
    EXPECT_EQ(judged(),
              "consistent\nghcr.io/acme/app@" + digest('1') +
                  " proved: built from eeeeeeeeeeee, the commit before v1.1.0, which changes only "
                  "what it declares");
}

TEST_F(Pinned, MayNotNameOneBeforeOtherChanges) {
    parent({"deploy/deployment.yaml", "main.go"});
    const std::string text = judged();
    EXPECT_EQ(text.substr(0, 7), "drifted");
    EXPECT_NE(text.find("(label; the commit before it, and v1.1.0 changes `main.go` besides what "
                        "it declares); v1.1.0 expects `bbbbbbbbbbbb`"),
              std::string::npos)
        << text;
}

TEST_F(Pinned, IsNotProvedWhereTheCommitBeforeIsNotKnown) {
    EXPECT_NE(judged().find("not-proved: its revision is `" + commit('e') +
                            "` (label): whether that is the commit before v1.1.0 could not be "
                            "told"),
              std::string::npos)
        << judged();
}

TEST_F(Images, DeclaredInARetiredRegistryAreFound) {
    project_.images = {
        {.name = "ghcr.io/acme/app", .aliases = {"k8s.gcr.io/acme/app", "gcr.io/acme/app"}}};
    const auto retired = [&](const std::string& image, std::int64_t time) {
        declare(image);
        history().releases[1].time = time;
        const std::string text = judged();
        const std::size_t at = text.find("[registry-retired]");
        return at == std::string::npos ? "" : text.substr(text.rfind('\n', at) + 1);
    };
    const std::int64_t before = 1680479999, after = 1680480000;  // 2023-04-03
    EXPECT_EQ(retired("k8s.gcr.io/acme/app:v1.1.0", after),
              "warning[registry-retired] retired-registry: image `k8s.gcr.io/acme/app:v1.1.0` is "
              "declared in `k8s.gcr.io`, which was frozen on 2023-04-03");
    EXPECT_EQ(retired("k8s.gcr.io/acme/app:v1.1.0", before), "");
    EXPECT_EQ(retired("ghcr.io/acme/app:v1.1.0", after), "");
    EXPECT_EQ(retired("gcr.io/acme/app:v1.1.0", after).substr(0, 4), "note");
    // A name that was moved and is served is in use.
    history().images["gcr.io/acme/app:v1.1.0"] = index('1', {platform("linux/amd64", '2', {})});
    EXPECT_EQ(retired("gcr.io/acme/app:v1.1.0", after), "");
}

TEST_F(Images, DeclaredWhereTheConfigurationSaysItIsRetiredAreErrors) {
    project_.images = {
        {.name = "ghcr.io/acme/app", .aliases = {"quay.io/acme/app"}, .retired = {"quay.io"}}};
    declare("quay.io/acme/app:v1.1.0");
    EXPECT_EQ(judged(),
              "drifted\n"
              "quay.io/acme/app:v1.1.0 unchecked: nobody asked its registry\n"
              "error[registry-retired] retired-registry: image `quay.io/acme/app:v1.1.0` is "
              "declared in `quay.io`, which is retired: lockstep.yaml says so under `images:`");
    project_.images[0].retired.clear();
    project_.registries = {{.name = "quay.io/acme", .retired = "moved to ghcr.io"}};
    EXPECT_NE(judged().find("in `quay.io/acme`, which is retired: moved to ghcr.io"),
              std::string::npos)
        << judged();
    project_.registries = {{.name = "quay.io/acm", .retired = "moved to ghcr.io"}};
    EXPECT_EQ(judged().substr(0, 10), "consistent");
}

TEST_F(Images, WorthAskingForAreThoseOfReleasesAndOfTheOnesBefore) {
    past_.release("v1.2.0-rc.1", {kustomization("deploy", {"ghcr.io/acme/app:v1.2.0-rc.1"})})
        .release("v1.2.0", {kustomization("deploy", {"ghcr.io/acme/app:v1.2.0@" + digest('1'),
                                                     "ghcr.io/acme/app:v1.2.0@" + digest('1'),
                                                     "ghcr.io/acme/app:latest",
                                                     "ghcr.io/acme/app:$(TAG)", "busybox:1.36"})});
    history().releases[0].is_context = true;
    history().releases[1].is_context = true;
    const References references = references_to_ask(history(), {});
    EXPECT_EQ(references.texts, (std::vector<std::string>{
                                    "ghcr.io/acme/app:v1.2.0", "ghcr.io/acme/app@" + digest('1'),
                                    "ghcr.io/acme/app:v1.1.0", "ghcr.io/acme/app:v1.2.0-rc.1"}));
    EXPECT_EQ(references.left_out, 0u);
}

TEST_F(Images, OfTheDockerHubAreAskedForByTheirFullNames) {
    declare("acme/app:v1.1.0");
    EXPECT_EQ(references_to_ask(history(), {}).texts.front(), "docker.io/acme/app:v1.1.0");
}

}  // namespace
}  // namespace lockstep::verify
