#include "version/style.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep::version {
namespace {

/// "prefix|version|suffix", "floating", or "-" for what neither floats nor names a version.
std::string read(std::string_view declared) {
    const std::optional<Written> written = read_written(declared);
    if (is_floating(declared)) return written ? "both" : "floating";
    if (!written) return "-";
    return written->prefix + "|" + written->version.str() + "|" + written->suffix;
}

struct Case {
    std::string declared, expected;
};

// Image tags, appVersions and refs that real projects have written.
const std::vector<Case> cases = {
    {"v0.29.0", "v|0.29.0|"},
    {"1.20.0", "|1.20.0|"},
    {"vv1.0.112", "vv|1.0.112|"},
    {"V1.2.3", "V|1.2.3|"},
    {"release-1.2.3", "release-|1.2.3|"},
    {"release/v1.2.3", "release/v|1.2.3|"},
    {"go1.21.3", "go|1.21.3|"},
    {"external-dns-helm-chart-1.14.3", "external-dns-helm-chart-|1.14.3|"},
    {"edge-24.1.1", "edge-|24.1.1|"},
    {"node2-1.2.3", "node2-|1.2.3|"},
    {"v20230728-v0.27.1", "v20230728-v|0.27.1|"},
    {"ubuntu-22.04-v1.2.3", "ubuntu-22.04-v|1.2.3|"},
    {"v1.2", "v|1.2|"},
    {"1.2.3.4", "|1.2.3.4|"},
    {"2024.01.05", "|2024.01.05|"},

    {"v1.2.3-eksbuild.4", "v|1.2.3|-eksbuild.4"},
    {"0.9.1-scratch", "|0.9.1|-scratch"},
    {"1.2.3-debian-11-r2", "|1.2.3|-debian-11-r2"},
    {"1.27.1-alpine3.18", "|1.27.1|-alpine3.18"},
    {"1.2-alpine3.18.2", "|1.2|-alpine3.18.2"},
    {"v1.2.3_amd64", "v|1.2.3|_amd64"},
    {"v1.2.3-rc.1-amd64", "v|1.2.3-rc.1|-amd64"},
    {"v5.0.0-rc3-webhook", "v|5.0.0-rc3|-webhook"},
    {"v1.30.1+k3s1", "v|1.30.1+k3s1|"},
    {"v1.30.1-k3s1", "v|1.30.1|-k3s1"},
    {"v3.5.2-stable", "v|3.5.2|-stable"},

    {"v1.0.0-rc1", "v|1.0.0-rc1|"},
    {"v1.0.0rc1", "v|1.0.0rc1|"},
    {"v1.0.0.rc1", "v|1.0.0.rc1|"},
    {"v3.4.0-alpha.1", "v|3.4.0-alpha.1|"},
    {"v1.13.0-dev-20260712", "v|1.13.0-dev-20260712|"},
    {"v0.20.0-devel", "v|0.20.0-devel|"},
    {"v1.2.3-14-g2414721", "v|1.2.3-14-g2414721|"},
    {"v1.2.3-0a1b2c3", "v|1.2.3-0a1b2c3|"},
    {"v0.0.0-20240102150405-abcdef012345", "v|0.0.0-20240102150405-abcdef012345|"},
    {"0.46.0-nightly-20240101", "|0.46.0-nightly-20240101|"},

    {"", "floating"},
    {"latest", "floating"},
    {"lastest", "floating"},
    {"latest-annotation-based", "floating"},
    {"v1.2-latest", "floating"},
    {"stable", "floating"},
    {"main", "floating"},
    {"master", "floating"},
    {"Master", "floating"},
    {"dev", "floating"},
    {"edge", "floating"},
    {"nightly", "floating"},
    {"nightly-alpine", "floating"},
    {"canary", "floating"},
    {"test", "floating"},
    {"beta", "floating"},
    {"release-0.19", "floating"},
    {"release-1.34", "floating"},
    {"release/v1.2", "floating"},
    {"release-1.x", "floating"},
    {"stable-2", "floating"},
    {"v1.8.x", "floating"},
    {"v1.8.x-head", "floating"},
    {"v2.x", "floating"},
    {"v1.8.1-head", "floating"},
    {"1.2.3-SNAPSHOT", "floating"},
    {"v0.46.0-nightly", "floating"},
    {"$(TAG)", "floating"},
    {"${VERSION:-1.2.3}", "floating"},
    {"v{{ .Chart.AppVersion }}", "floating"},
    {"%version%", "floating"},
    {"$version$", "floating"},
    {"__TAG__", "floating"},
    {"@VERSION@", "floating"},
    {"<version>", "floating"},
    {"VERSION", "floating"},
    {"IMAGE_TAG", "floating"},
    {"REPLACE_ME", "floating"},
    {"placeholder", "floating"},
    {"v0.0.0-placeholder", "floating"},

    {"sha-abc123", "-"},
    {"sha256-0f4f7a7a8a0f.imgpkg", "-"},
    {"20240101", "-"},
    {"v20240101", "-"},
    {"20240101.1", "-"},
    {"2024-01-05", "-"},
    {"main-0a1b2c3", "-"},
    {"nightly-20240101", "-"},
    {"merge-1205", "-"},
    {"0", "-"},
    {"v1", "-"},
    {"1.2.", "-"},
    {"1.2.3foo", "-"},
    {"1.02.3", "-"},
    {"webhook", "-"},
    {"-", "-"},
    {"v", "-"},
};

TEST(Style, ReadsWhatProjectsDeclare) {
    for (const Case& each : cases) EXPECT_EQ(read(each.declared), each.expected) << each.declared;
}

TEST(Style, PrefixVersionAndSuffixGiveTheTextBack) {
    for (const Case& each : cases) {
        const std::optional<Written> written = read_written(each.declared);
        if (!written) continue;
        EXPECT_EQ(written->prefix + written->version.str() + written->suffix, each.declared);
    }
}

TEST(Style, LongTextsNameNoVersion) {
    EXPECT_EQ(read(std::string(100'000, '1')), "-");
    EXPECT_EQ(read("v1.2.3-" + std::string(300, 'a')), "-");
}

TEST(Style, TellsWhatLeadsUpToAReleaseFromVariantsOfIt) {
    for (const char* text :
         {"rc.1", "RC1", "beta2", "alpha", "dev", "0", "14-g2414721", "b3", "M2"})
        EXPECT_TRUE(leads_up(text)) << text;
    for (const char* text : {"", "eksbuild.4", "scratch", "debian-11", "k3s1", "devops", "r2"})
        EXPECT_FALSE(leads_up(text)) << text;
}

std::vector<Written> history(const std::vector<std::string>& declared) {
    std::vector<Written> read;
    for (const std::string& text : declared) read.push_back(*read_written(text));
    return read;
}

std::vector<std::string> expected_prefixes(const std::vector<std::string>& declared) {
    const std::vector<Written> read = history(declared);
    std::vector<std::string> prefixes;
    for (std::size_t at = 0; at < read.size(); ++at) prefixes.push_back(expected_prefix(read, at));
    return prefixes;
}

using Texts = std::vector<std::string>;

TEST(Style, ADoubledPrefixIsNeverExpected) {
    EXPECT_EQ(expected_prefixes({"v1.0.110", "v1.0.111", "vv1.0.112", "v1.0.113"}),
              (Texts{"v", "v", "v", "v"}));
    EXPECT_EQ(expected_prefixes({"vv1.0.86"}), (Texts{"v"}));
}

TEST(Style, APrefixThatStandsAloneIsASlip) {
    EXPECT_EQ(expected_prefixes({"v1.1.0", "v1.2.0", "1.3.0", "v1.4.0"}),
              (Texts{"v", "v", "v", "v"}));
    EXPECT_EQ(expected_prefixes({"v1.1.0", "v1.2.0", "v1.3.0", "1.4.0"}),
              (Texts{"v", "v", "v", "v"}));
}

TEST(Style, AChangeOfStyleIsNone) {
    EXPECT_EQ(expected_prefixes({"v1.1.0", "v1.2.0", "v1.3.0", "1.4.0", "1.5.0", "1.6.0"}),
              (Texts{"v", "v", "v", "", "", ""}));
}

TEST(Style, NothingIsExpectedOfAFewOrOfTheFirst) {
    EXPECT_EQ(expected_prefixes({"v1.1.0", "1.2.0"}), (Texts{"v", ""}));
    EXPECT_EQ(expected_prefixes({"v1.1.0", "v1.2.0", "1.3.0"}), (Texts{"v", "v", ""}));
    EXPECT_EQ(expected_prefixes({"1.1.0", "v1.2.0", "v1.3.0", "v1.4.0", "v1.5.0"}),
              (Texts{"", "v", "v", "v", "v"}));
    EXPECT_EQ(expected_prefixes(
                  {"v20230101-v1.1.0", "v20230201-v1.2.0", "v20230301-v1.3.0", "v20230401-v1.4.0"}),
              (Texts{"v20230101-v", "v20230201-v", "v20230301-v", "v20230401-v"}));
}

std::string usual(const std::vector<std::string>& declared) {
    const std::optional<TagPattern> pattern = usual_pattern(history(declared));
    return pattern ? pattern->str() : "-";
}

TEST(Style, LearnsTheUsualPattern) {
    EXPECT_EQ(usual({}), "-");
    EXPECT_EQ(usual({"v1.0.0", "v1.1.0", "1.2.0"}), "v{version}");
    EXPECT_EQ(usual({"v1.0.0", "v1.1.0", "1.2.0", "1.3.0"}), "{version}");
    EXPECT_EQ(usual({"vv1.0.0"}), "v{version}");
    EXPECT_EQ(usual({"1.0.0-scratch", "1.1.0-scratch"}), "{version}-scratch");
    EXPECT_EQ(usual({"v1.0.0-eksbuild.1", "v1.1.0-eksbuild.4"}), "v{version}");
}

}  // namespace
}  // namespace lockstep::version
