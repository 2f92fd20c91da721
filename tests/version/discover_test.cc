#include "version/discover.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace lockstep::version {
namespace {

struct Tag {
    std::string name;
    std::string commit = {};
    std::int64_t time = 0;
};

std::string shown(const std::vector<Tag>& tags, const Family& family) {
    std::string text = family.pattern.str();
    if (!family.component.empty()) text += " (" + family.component + ")";
    if (family.is_chart) text += " [chart]";
    text += ":";
    for (const Family::Member& member : family.members) text += " " + tags[member.tag].name;
    return text + "\n";
}

/// The whole result as a text: releases, others and noise.
std::string discovered(const std::vector<Tag>& tags, std::string_view project = {}) {
    std::vector<TagFact> facts;
    for (const Tag& tag : tags) facts.push_back({tag.name, tag.commit, tag.time});
    const Discovery discovery = discover_releases(facts, project);
    std::string text;
    for (const Family& family : discovery.releases) text += "release " + shown(tags, family);
    for (const Family& family : discovery.others) text += "other " + shown(tags, family);
    for (const Noise& noise : discovery.noise)
        text += "noise " + tags[noise.tag].name + ": " + noise.reason + "\n";
    return text;
}

std::vector<Tag> tags(const std::vector<std::string>& names) {
    std::vector<Tag> result;
    for (const std::string& name : names) result.push_back({name});
    return result;
}

// Tags of github.com/k3s-io/k3s: the version is Kubernetes' own, its builds are the releases.
TEST(Discover, BuildsOfAVersionAreReleasesEach) {
    EXPECT_EQ(discovered({{"v1.30.1-rc1+k3s1", "a1", 10},
                          {"v1.30.1+k3s1", "a1", 20},
                          {"v1.30.2+k3s1", "b1", 30},
                          {"v1.30.2+k3s2", "b2", 40},
                          {"v1.30.2+k3s10", "b2", 50}},
                         "k3s"),
              "release v{version}: v1.30.1-rc1+k3s1 v1.30.1+k3s1 v1.30.2+k3s1 v1.30.2+k3s2 "
              "v1.30.2+k3s10\n");
}

TEST(Discover, ABuildAtTheCommitOfItsVersionIsATwin) {
    EXPECT_EQ(discovered({{"v1.2.3", "a1"},
                          {"v1.2.3+build.7", "a1"},
                          {"v1.2.3+build.8", "a2"},
                          {"1.2.3+build.8", "a2"},
                          {"v1.2.4", "a3"}}),
              "release v{version}: v1.2.3 v1.2.3+build.8 v1.2.4\n"
              "noise v1.2.3+build.7: twin of v1.2.3\n"
              "noise 1.2.3+build.8: twin of v1.2.3+build.8\n");
}

// Tags of github.com/kubernetes-sigs/descheduler: all products, some of each chart numbering.
TEST(Discover, FindsTheReleasesOfDescheduler) {
    const std::vector<std::string> names = {"0.9.0",
                                            "chart-0.1.0",
                                            "chart-0.18.0",
                                            "chart-0.18.1",
                                            "chart-0.18.2",
                                            "chart-0.18.3",
                                            "chart-0.19.99",
                                            "chart-0.19.999",
                                            "descheduler-0.18.0",
                                            "descheduler-0.18.99",
                                            "descheduler-helm-chart-0.18.1",
                                            "descheduler-helm-chart-0.18.998",
                                            "descheduler-helm-chart-0.36.0",
                                            "test-1.18-tag",
                                            "v0.1.0",
                                            "v0.2.0",
                                            "v0.3.0",
                                            "v0.4.0",
                                            "v0.5.0",
                                            "v0.6.0",
                                            "v0.7.0",
                                            "v0.8.0",
                                            "v0.10.0",
                                            "v0.18.0",
                                            "v0.19.0",
                                            "v0.20.0",
                                            "v0.21.0",
                                            "v0.22.0",
                                            "v0.22.1",
                                            "v0.23.0",
                                            "v0.23.1",
                                            "v0.24.0",
                                            "v0.24.1",
                                            "v0.25.0",
                                            "v0.25.1",
                                            "v0.26.0",
                                            "v0.26.1",
                                            "v0.27.0",
                                            "v0.27.1",
                                            "v0.28.0",
                                            "v0.28.1",
                                            "v0.29.0",
                                            "v0.30.0",
                                            "v0.30.1",
                                            "v0.30.2",
                                            "v0.31.0",
                                            "v0.32.0",
                                            "v0.32.1",
                                            "v0.32.2",
                                            "v0.33.0",
                                            "v0.34.0",
                                            "v0.35.0",
                                            "v0.35.1",
                                            "v0.36.0"};
    EXPECT_EQ(discovered(tags(names), "descheduler"),
              "release v{version}: v0.1.0 v0.2.0 v0.3.0 v0.4.0 v0.5.0 v0.6.0 v0.7.0 v0.8.0 0.9.0 "
              "v0.10.0 v0.18.0 v0.19.0 v0.20.0 v0.21.0 v0.22.0 v0.22.1 v0.23.0 v0.23.1 v0.24.0 "
              "v0.24.1 v0.25.0 v0.25.1 v0.26.0 v0.26.1 v0.27.0 v0.27.1 v0.28.0 v0.28.1 v0.29.0 "
              "v0.30.0 v0.30.1 v0.30.2 v0.31.0 v0.32.0 v0.32.1 v0.32.2 v0.33.0 v0.34.0 v0.35.0 "
              "v0.35.1 v0.36.0\n"
              "other chart-{version} (chart) [chart]: chart-0.1.0 chart-0.18.0 chart-0.18.1 "
              "chart-0.18.2 chart-0.18.3 chart-0.19.99 chart-0.19.999\n"
              "other descheduler-helm-chart-{version} (descheduler-helm-chart) [chart]: "
              "descheduler-helm-chart-0.18.1 descheduler-helm-chart-0.18.998 "
              "descheduler-helm-chart-0.36.0\n"
              "other descheduler-{version} (descheduler): descheduler-0.18.0 descheduler-0.18.99\n"
              "noise test-1.18-tag: test\n");
}

// Tags that 42 real projects have beside their releases.
TEST(Discover, SaysWhyATagIsNoRelease) {
    EXPECT_EQ(discovered(tags({"v1.12.0",
                               "v1.13.0",
                               "v1.13.0-rc1",
                               "v1.13.0-rc.2",
                               "stable",
                               "merge-1205",
                               "test-0.1-tag",
                               "v1.13.0-dev-20260712",
                               "v0.20.0-devel",
                               "monthly-2026.06",
                               "latest-annotation-based",
                               "0.0",
                               "0",
                               "migrate",
                               "v5.0.0-rc3-webhook",
                               "v5.0.0-test-main",
                               "v1",
                               "20240101",
                               "v1.13.0-14-g2414721",
                               "release-1.13",
                               "v1.8.x"})),
              "release v{version}: v1.12.0 v1.13.0-rc1 v1.13.0-rc.2 v1.13.0\n"
              "noise stable: moving\n"
              "noise merge-1205: merge\n"
              "noise test-0.1-tag: test\n"
              "noise v1.13.0-dev-20260712: test\n"
              "noise v0.20.0-devel: test\n"
              "noise monthly-2026.06: test\n"
              "noise latest-annotation-based: moving\n"
              "noise 0.0: no version: all its numbers are 0\n"
              "noise 0: no version: all its numbers are 0\n"
              "noise migrate: no version\n"
              "noise v5.0.0-rc3-webhook: variant: `-webhook` is no pre-release\n"
              "noise v5.0.0-test-main: test\n"
              "noise v1: moving\n"
              "noise 20240101: no version\n"
              "noise v1.13.0-14-g2414721: build of a commit\n"
              "noise release-1.13: moving\n"
              "noise v1.8.x: moving\n");
}

TEST(Discover, TellsTwinsFromStrays) {
    EXPECT_EQ(discovered({{"v1.0.0", "aa"},
                          {"1.0.0", "aa"},
                          {"v1.1.0", "bb"},
                          {"1.1.0", "cc"},
                          {"1.2.0", "dd"},
                          {"v1.3.0", "ee"}}),
              "release v{version}: v1.0.0 v1.1.0 1.2.0 v1.3.0\n"
              "noise 1.0.0: twin of v1.0.0\n"
              "noise 1.1.0: stray: v1.1.0 is the same version at another commit\n");
}

TEST(Discover, TwoVersionsOnOneCommitAreBothReleases) {
    EXPECT_EQ(discovered({{"v0.4.4", "aa"}, {"v0.5.5", "aa"}}),
              "release v{version}: v0.4.4 v0.5.5\n");
}

TEST(Discover, ShortTagsThatFollowLongerOnesMove) {
    EXPECT_EQ(discovered({{"v1", "cc"},
                          {"v1.2", "cc"},
                          {"v1.2.0", "aa"},
                          {"v1.2.1", "cc"},
                          {"v1.3", "dd"},
                          {"v1.3.1", "ee"},
                          {"v2", "ff"}}),
              "release v{version}: v1.2.0 v1.2.1 v1.3 v1.3.1\n"
              "noise v1: moving\n"
              "noise v1.2: moving\n"
              "noise v2: no version\n");
    EXPECT_EQ(discovered(tags({"v1", "v2", "v3"})), "release v{version}: v1 v2 v3\n");
    EXPECT_EQ(discovered(tags({"v0.1", "v0.2", "v0.3.0"})),
              "release v{version}: v0.1 v0.2 v0.3.0\n");
}

TEST(Discover, KeepsModulesAndChartsApart) {
    EXPECT_EQ(discovered(tags({"v0.93.0", "pkg/apis/monitoring/v0.93.0", "pkg/client/v0.93.0",
                               "test/v0.1.0", "crds_v0.3.0", "helm-v2.18.5", "chart/v1.0.0",
                               "kubernetes-dashboard-7.13.0"}),
                         "prometheus-operator"),
              "release v{version}: v0.93.0\n"
              "other chart/v{version} (chart) [chart]: chart/v1.0.0\n"
              "other crds_v{version} (crds): crds_v0.3.0\n"
              "other helm-v{version} (helm) [chart]: helm-v2.18.5\n"
              "other kubernetes-dashboard-{version} (kubernetes-dashboard): "
              "kubernetes-dashboard-7.13.0\n"
              "other pkg/apis/monitoring/v{version} (pkg/apis/monitoring): "
              "pkg/apis/monitoring/v0.93.0\n"
              "other pkg/client/v{version} (pkg/client): pkg/client/v0.93.0\n"
              "other test/v{version} (test): test/v0.1.0\n");
}

TEST(Discover, FollowsAProjectThatSwitchedItsTags) {
    EXPECT_EQ(discovered({{"v2.6.0", "", 100},
                          {"v2.7.0", "", 200},
                          {"kubernetes-dashboard-7.0.0", "", 300},
                          {"kubernetes-dashboard-7.1.0", "", 400}},
                         "dashboard"),
              "release v{version}: v2.6.0 v2.7.0\n"
              "release kubernetes-dashboard-{version}: kubernetes-dashboard-7.0.0 "
              "kubernetes-dashboard-7.1.0\n");
    EXPECT_EQ(discovered({{"v3.2.0", "", 100},
                          {"v3.3.1", "", 300},
                          {"api/v0.17.0", "", 500},
                          {"kustomize/v3.2.1", "", 200},
                          {"kustomize/v5.4.0", "", 500}},
                         "kustomize"),
              "release v{version}: v3.2.0 v3.3.1\n"
              "release kustomize/v{version}: kustomize/v3.2.1 kustomize/v5.4.0\n"
              "other api/v{version} (api): api/v0.17.0\n");
}

TEST(Discover, AChartThatRunsBesideTheProductIsNoSuccessor) {
    EXPECT_EQ(
        discovered({{"v1.0.0", "", 100}, {"kite-4.0.0", "", 150}, {"v1.1.0", "", 200}}, "kite"),
        "release v{version}: v1.0.0 v1.1.0\n"
        "other kite-{version} (kite): kite-4.0.0\n");
}

TEST(Discover, WithoutPlainTagsTakesTheProjectsOwn) {
    EXPECT_EQ(discovered(tags({"nginx-1.0.0", "nginx-1.1.0", "docs-0.1.0"}), "nginx"),
              "release nginx-{version}: nginx-1.0.0 nginx-1.1.0\n"
              "other docs-{version} (docs): docs-0.1.0\n");
    EXPECT_EQ(discovered(tags({"release-1.27.0", "release-1.27.1"})),
              "release release-{version}: release-1.27.0 release-1.27.1\n");
    EXPECT_EQ(discovered(tags({"metallb-chart-0.16.0", "metallb-chart-0.16.1"})),
              "release metallb-chart-{version} [chart]: metallb-chart-0.16.0 "
              "metallb-chart-0.16.1\n");
}

TEST(Discover, OfSeveralComponentsAllAreReleases) {
    EXPECT_EQ(
        discovered(tags({"api-v1.0.0", "web-v2.0.0", "web-v2.1.0", "web-chart-0.1.0"}), "shop"),
        "release api-v{version} (api): api-v1.0.0\n"
        "release web-v{version} (web): web-v2.0.0 web-v2.1.0\n"
        "other web-chart-{version} (web-chart) [chart]: web-chart-0.1.0\n");
}

TEST(Discover, ASuffixThatMostTagsShareBelongsToThePattern) {
    EXPECT_EQ(discovered(tags({"v1.0.0-stable", "v1.1.0-stable", "v1.2.0-stable", "v0.1.0"})),
              "release v{version}-stable: v0.1.0 v1.0.0-stable v1.1.0-stable v1.2.0-stable\n");
    EXPECT_EQ(discovered(tags({"v1.0.0", "v1.0.0-webhook", "v1.1.0", "v1.1.0-webhook"})),
              "release v{version}: v1.0.0 v1.1.0\n"
              "noise v1.0.0-webhook: variant: `-webhook` is no pre-release\n"
              "noise v1.1.0-webhook: variant: `-webhook` is no pre-release\n");
}

TEST(Discover, OfNoTagsNothing) {
    EXPECT_EQ(discovered({}), "");
    EXPECT_EQ(discovered(tags({"latest"})), "noise latest: moving\n");
}

TEST(Discover, EveryTagIsInOnePlace) {
    std::vector<std::string> names;
    for (const char* prefix : {"", "v", "vv", "chart-", "api/v", "test-", "x", "{", "release-"})
        for (const char* version :
             {"", "1", "1.2", "1.2.0", "1.2.3", "1.2.3-rc.1", "1.2.3-x", "1.x"})
            names.push_back(std::string(prefix) + version);
    names.push_back(std::string(199, 'a') + "1.2.3");
    names.push_back(std::string(195, 'a') + "1.2.3");
    std::vector<TagFact> facts;
    for (const std::string& name : names) facts.push_back({name, "aa", 0});
    const Discovery discovery = discover_releases(facts, "api");
    std::multiset<std::size_t> seen;
    for (const auto* families : {&discovery.releases, &discovery.others})
        for (const Family& family : *families)
            for (const Family::Member& member : family.members) seen.insert(member.tag);
    for (const Noise& noise : discovery.noise) seen.insert(noise.tag);
    EXPECT_EQ(seen.size(), names.size());
    for (std::size_t tag = 0; tag < names.size(); ++tag)
        EXPECT_EQ(seen.count(tag), 1u) << names[tag];
}

}  // namespace
}  // namespace lockstep::version
