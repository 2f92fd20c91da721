#include "version/tag_pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep::version {
namespace {

TagPattern pattern(std::string_view text) {
    const Result<TagPattern> parsed = TagPattern::parse(text);
    EXPECT_TRUE(parsed.has_value()) << text << ": " << to_string(parsed.error());
    return *parsed;
}

std::string reason(std::string_view text) {
    const Result<TagPattern> parsed = TagPattern::parse(text);
    return parsed.has_value() ? "valid" : to_string(parsed.error());
}

Version v(std::string_view text) {
    return *Version::parse(text);
}

/// "version of component", or "-" for no match.
std::string matched(std::string_view pattern_text, std::string_view tag) {
    const std::optional<TagPattern::Match> match = pattern(pattern_text).match(tag);
    if (!match) return "-";
    return match->component.empty() ? match->version.str()
                                    : match->version.str() + " of " + match->component;
}

struct Case {
    std::string pattern, tag, expected;
};

// Tags of descheduler, aws-ebs-csi-driver, metallb, dashboard, prometheus-operator and others.
const std::vector<Case> cases = {
    {"v{version}", "v0.29.0", "0.29.0"},
    {"v{version}", "0.9.0", "-"},
    {"v{version}", "vv1.0.112", "-"},
    {"v{version}", "v1.8.x", "-"},
    {"v{version}", "v", "-"},
    {"v{version}", "very-1.0.0", "-"},
    {"{version}", "1.20.0", "1.20.0"},
    {"{version}", "v1.20.0", "-"},
    {"{version}", "stable", "-"},
    {"{version}", "merge-1205", "-"},
    {"descheduler-helm-chart-{version}", "descheduler-helm-chart-0.36.0", "0.36.0"},
    {"chart/v{version}", "chart/v1.2.3", "1.2.3"},
    {"v{version}-eksbuild.4", "v1.2.3-eksbuild.4", "1.2.3"},
    {"v{version}-eksbuild.4", "v1.2.3", "-"},
    {"a{version}a", "aa", "-"},
    {"a{version}a", "a", "-"},
    {"{component}/v{version}", "pkg/apis/monitoring/v0.93.0", "0.93.0 of pkg/apis/monitoring"},
    {"{component}/v{version}", "/v0.93.0", "-"},
    {"{component}/v{version}", "v0.93.0", "-"},
    {"{component}-{version}", "helm-chart-aws-ebs-csi-driver-2.30.0",
     "2.30.0 of helm-chart-aws-ebs-csi-driver"},
    {"{component}-{version}", "app-1.2.3-rc.1", "1.2.3-rc.1 of app"},
    {"{component}-{version}", "app-2-1.2.3", "1.2.3 of app-2"},
    {"{component}-{version}", "test-0.1-tag", "0.1-tag of test"},
    {"{component}-{version}", "latest-annotation-based", "-"},
    {"{component}-{version}", "-1.2.3", "-"},
    {"{component}{version}", "kustomize5.4.2", "5.4.2 of kustomize"},
    {"{component}{version}", "chart12.3.4", "12.3.4 of chart"},
    {"{component}_v{version}", "crds_v0.3.0", "0.3.0 of crds"},
    {"v{version}-{component}", "v1.2.3-operator", "1.2.3 of operator"},
    {"v{version}-{component}", "v1.2.3-rc.1-operator", "1.2.3-rc.1 of operator"},
    {"v{version}-{component}", "v1.2.3-my-operator", "1.2.3 of my-operator"},
    {"v{version}-{component}", "v1.2.3", "-"},
    {"release-{version}/{component}", "release-1.2.3/api", "1.2.3 of api"},
};

TEST(TagPattern, MatchesRealTags) {
    for (const Case& each : cases)
        EXPECT_EQ(matched(each.pattern, each.tag), each.expected)
            << each.tag << " under " << each.pattern;
}

TEST(TagPattern, WritesAgainWhatItMatched) {
    for (const Case& each : cases) {
        const TagPattern read = pattern(each.pattern);
        const std::optional<TagPattern::Match> match = read.match(each.tag);
        if (match) {
            EXPECT_EQ(read.format(match->version, match->component), each.tag);
        }
    }
}

TEST(TagPattern, ReadsAgainWhatItWrote) {
    const std::vector<std::string> patterns = {"v{version}",
                                               "{version}",
                                               "{component}/v{version}",
                                               "{component}-{version}",
                                               "{component}@{version}",
                                               "{version}_{component}",
                                               "v{version}-{component}",
                                               "x{version}y"};
    const std::vector<std::string> versions = {"0.0.0",      "1.2.3",       "10.20.30",
                                               "1.2.3-rc.1", "1.2.3-alpha", "1.2.3+build.5",
                                               "1.2",        "2026.06"};
    const std::vector<std::string> components = {"api", "helm-chart", "cmd/ctl"};
    for (const std::string& text : patterns) {
        for (const std::string& version : versions) {
            for (const std::string& component : components) {
                const TagPattern written = pattern(text);
                const std::string tag = written.format(v(version), component);
                const std::optional<TagPattern::Match> match = written.match(tag);
                ASSERT_TRUE(match.has_value()) << tag << " under " << text;
                EXPECT_EQ(match->version.str(), version) << tag << " under " << text;
                EXPECT_EQ(match->component, written.has_component() ? component : "")
                    << tag << " under " << text;
            }
        }
    }
}

TEST(TagPattern, SaysWhatIsWrong) {
    EXPECT_EQ(reason(""), "tag pattern `` has no {version}");
    EXPECT_EQ(reason("v1"), "tag pattern `v1` has no {version}");
    EXPECT_EQ(reason("{version}{version}"),
              "tag pattern `{version}{version}` has {version} more than once");
    EXPECT_EQ(reason("{component}{version}{component}"),
              "tag pattern `{component}{version}{component}` has {component} more than once");
    EXPECT_EQ(reason("v{version"), "tag pattern `v{version` has a `{` that is not closed");
    EXPECT_EQ(reason("v{{version}}"), "tag pattern `v{{version}}` has a `{` that is not closed");
    EXPECT_EQ(reason("v{version}}"), "tag pattern `v{version}}` has a `}` that closes nothing");
    EXPECT_EQ(reason("v{verison}"),
              "tag pattern `v{verison}` names `{verison}`; only {version} and {component} have a "
              "meaning");
    EXPECT_EQ(Error::Kind::usage, TagPattern::parse("v1").error().kind);
    EXPECT_NE(reason(std::string(257, 'x') + "{version}"), "valid");
}

TEST(TagPattern, TakesVeryLongTagsForNoMatch) {
    EXPECT_EQ(matched("{component}-{version}", std::string(100'000, '-')), "-");
    EXPECT_EQ(matched("{component}{version}", std::string(1000, '1')), "-");
}

TEST(TagPattern, IsEqualByItsText) {
    EXPECT_EQ(pattern("v{version}"), pattern("v{version}"));
    EXPECT_NE(pattern("v{version}"), pattern("{version}"));
    EXPECT_FALSE(pattern("v{version}").has_component());
    EXPECT_TRUE(pattern("{component}-v{version}").has_component());
    EXPECT_EQ(pattern("v{version}").format(v("1.2.3"), "ignored"), "v1.2.3");
}

}  // namespace
}  // namespace lockstep::version
