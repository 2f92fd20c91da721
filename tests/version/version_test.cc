#include "version/version.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace lockstep::version {
namespace {

Version v(std::string_view text) {
    const Result<Version> version = Version::parse(text);
    EXPECT_TRUE(version.has_value()) << text << ": " << to_string(version.error());
    return *version;
}

std::string reason(std::string_view text) {
    const Result<Version> version = Version::parse(text);
    return version.has_value() ? "valid" : to_string(version.error());
}

struct Parts {
    std::string text;
    std::vector<std::uint64_t> numbers;
    std::string prerelease, build;
};

// Git tags of real projects without their prefix, and semver.org's own examples.
TEST(Version, ReadsWhatRealTagsWrite) {
    const std::vector<Parts> cases = {
        {"0.29.0", {0, 29, 0}, "", ""},
        {"1", {1}, "", ""},
        {"1.18", {1, 18}, "", ""},
        {"1.2.3.4", {1, 2, 3, 4}, "", ""},
        {"1.0.0-rc3", {1, 0, 0}, "rc3", ""},
        {"1.0.0-rc.3", {1, 0, 0}, "rc.3", ""},
        {"0.50.0-beta-2", {0, 50, 0}, "beta-2", ""},
        {"1.13.0-dev-20260712", {1, 13, 0}, "dev-20260712", ""},
        {"5.0.0-rc3-webhook", {5, 0, 0}, "rc3-webhook", ""},
        {"1.2.0rc1", {1, 2, 0}, "rc1", ""},
        {"3.0.0.beta2", {3, 0, 0}, "beta2", ""},
        {"1.0.0b3", {1, 0, 0}, "b3", ""},
        {"1.30.1+k3s1", {1, 30, 1}, "", "k3s1"},
        {"1.0.0-alpha+001", {1, 0, 0}, "alpha", "001"},
        {"1.0.0+21AF26D3---117B344092BD", {1, 0, 0}, "", "21AF26D3---117B344092BD"},
        {"1.2.3----RC-SNAPSHOT.12.9.1--.12", {1, 2, 3}, "---RC-SNAPSHOT.12.9.1--.12", ""},
        {"0.0.0-20240102150405-abcdef012345", {0, 0, 0}, "20240102150405-abcdef012345", ""},
        {"2024.01.05", {2024, 1, 5}, "", ""},
        {"2026.06", {2026, 6}, "", ""},
        {"20240101", {20240101}, "", ""},
        {"9223372036854775807.0.0", {9223372036854775807u, 0, 0}, "", ""},
    };
    for (const Parts& expected : cases) {
        const Version version = v(expected.text);
        EXPECT_EQ(version.numbers(), expected.numbers) << expected.text;
        EXPECT_EQ(version.prerelease(), expected.prerelease) << expected.text;
        EXPECT_EQ(version.build(), expected.build) << expected.text;
        EXPECT_EQ(version.is_prerelease(), !expected.prerelease.empty()) << expected.text;
        EXPECT_EQ(version.str(), expected.text);
    }
}

TEST(Version, SaysWhyATextIsNone) {
    EXPECT_EQ(reason(""), "`` is no version: it does not begin with a number");
    EXPECT_EQ(reason("v1.2.3"), "`v1.2.3` is no version: it does not begin with a number");
    EXPECT_EQ(reason("latest"), "`latest` is no version: it does not begin with a number");
    EXPECT_EQ(reason("1.02.3"), "`1.02.3` is no version: a number in it has a leading zero");
    EXPECT_EQ(reason("01.2.3-rc.1"),
              "`01.2.3-rc.1` is no version: a number in it has a leading zero");
    EXPECT_EQ(reason("1.8.x"),
              "`1.8.x` is no version: `-`, `+` or its end was expected behind `1.8`");
    EXPECT_EQ(reason("1.2.3eksbuild"),
              "`1.2.3eksbuild` is no version: `-`, `+` or its end was expected behind `1.2.3`");
    EXPECT_EQ(reason("1.1.1a"),
              "`1.1.1a` is no version: `-`, `+` or its end was expected behind `1.1.1`");
    EXPECT_EQ(reason("1.2."),
              "`1.2.` is no version: `-`, `+` or its end was expected behind `1.2`");
    EXPECT_EQ(reason("1.2.3-"), "`1.2.3-` is no version: an empty identifier in its pre-release");
    EXPECT_EQ(reason("1.2.3-a..b"),
              "`1.2.3-a..b` is no version: an empty identifier in its pre-release");
    EXPECT_EQ(reason("1.2.3-rc_1"),
              "`1.2.3-rc_1` is no version: only letters, digits, `.` and `-` may stand in its "
              "pre-release");
    EXPECT_EQ(reason("1.2.3+"),
              "`1.2.3+` is no version: an empty identifier in its build metadata");
    EXPECT_EQ(reason("1.2.3+a+b"),
              "`1.2.3+a+b` is no version: only letters, digits, `.` and `-` may stand in its build "
              "metadata");
    EXPECT_EQ(reason("9223372036854775808"),
              "`9223372036854775808` is no version: a number in it is over 9223372036854775807");
    EXPECT_EQ(reason(std::string(257, '1')), "a version of 257 characters, at most 256 are read");
    EXPECT_EQ(reason("1.2.3 "),
              "`1.2.3 ` is no version: `-`, `+` or its end was expected behind `1.2.3`");
}

// semver.org, section 11, each before the next.
TEST(Version, OrdersAsSemverDoes) {
    const std::vector<std::string> ascending = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                                "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                                                "1.0.0-rc.1",  "1.0.0",         "2.0.0",
                                                "2.1.0",       "2.1.1",         "10.0.0"};
    for (std::size_t a = 0; a < ascending.size(); ++a)
        for (std::size_t b = 0; b < ascending.size(); ++b)
            EXPECT_EQ(v(ascending[a]) <=> v(ascending[b]), a <=> b)
                << ascending[a] << " and " << ascending[b];
}

TEST(Version, OrdersRealReleases) {
    const std::vector<std::string> ascending = {
        "0.8.0",        "0.10.0",   "0.18.0",  "0.30.0-rc1", "0.30.0-rc.2",       "0.30.0-rc10",
        "0.30.0",       "0.30.0.1", "0.30.1",  "1.0.0-1",    "1.0.0-14-g2414721", "1.0.0-alpha",
        "1.0.0-alpha1", "1.0.0",    "20240101"};
    for (std::size_t at = 1; at < ascending.size(); ++at)
        EXPECT_LT(v(ascending[at - 1]), v(ascending[at]));
}

TEST(Version, IsEqualWhereOnlyTheWritingDiffers) {
    EXPECT_EQ(v("1"), v("1.0.0"));
    EXPECT_EQ(v("1.2"), v("1.2.0"));
    EXPECT_EQ(v("1.2.3+k3s1"), v("1.2.3+k3s2"));
    EXPECT_EQ(v("1.0.0-rc1"), v("1.0.0-rc.1"));
    EXPECT_EQ(v("1.0.0-rc1"), v("1.0.0-rc-1"));
    EXPECT_EQ(v("1.0.0-rc1"), v("1.0.0rc1"));
    EXPECT_EQ(v("1.0.0-rc.01"), v("1.0.0-rc.1"));
    EXPECT_NE(v("1.0.0-rc1"), v("1.0.0-rc11"));
    EXPECT_NE(v("1.0.0-rc"), v("1.0.0"));
    EXPECT_NE(v("1.0.0-99999999999999999999998"), v("1.0.0-99999999999999999999999"));
}

TEST(Version, LeadsToItsCore) {
    EXPECT_EQ(v("1.2.3-rc.1+build").core().str(), "1.2.3");
    EXPECT_EQ(v("1.2.0rc1").core().str(), "1.2.0");
    EXPECT_EQ(v("1.2").core().str(), "1.2");
    EXPECT_FALSE(v("1.2.3-rc.1+build").core().is_prerelease());
    EXPECT_EQ(v("1.2.3").core(), v("1.2.3"));
}

TEST(Version, NumbersThatAreNotWrittenAreZero) {
    EXPECT_EQ(v("7").major(), 7u);
    EXPECT_EQ(v("7").minor(), 0u);
    EXPECT_EQ(v("7.1").patch(), 0u);
    EXPECT_EQ(v("7.1.2").patch(), 2u);
}

/// Versions made of few numbers and words, so that equal and nearly equal ones are frequent.
std::vector<Version> generated(std::size_t count) {
    const std::vector<std::string> words = {"rc", "alpha", "beta", "1", "2", "10", "01", "x", "A"};
    const std::vector<std::string> joints = {"", ".", "-"};
    std::mt19937 random(20260712);  // NOLINT: the same set in every run
    const auto pick = [&](std::size_t below) { return random() % below; };
    std::vector<Version> versions;
    while (versions.size() < count) {
        std::string text = std::to_string(pick(3));
        for (std::size_t more = pick(3); more > 0; --more) text += "." + std::to_string(pick(3));
        if (pick(3) != 0) {
            text += "-" + words[pick(words.size())];
            for (std::size_t more = pick(3); more > 0; --more)
                text += joints[pick(3)] + words[pick(words.size())];
        }
        if (pick(4) == 0) text += "+" + words[pick(words.size())];
        versions.push_back(v(text));
    }
    return versions;
}

TEST(Version, OrderIsStrictWeakOverAGeneratedSet) {
    const std::vector<Version> versions = generated(120);
    for (const Version& a : versions) {
        EXPECT_EQ(a <=> a, std::strong_ordering::equal) << a.str();
        for (const Version& b : versions) {
            ASSERT_EQ(a<b, b> a) << a.str() << " and " << b.str();
            ASSERT_EQ(a == b, !(a < b) && !(b < a)) << a.str() << " and " << b.str();
            for (const Version& c : versions) {
                if (a < b && b < c) {
                    ASSERT_LT(a, c) << a.str() << b.str() << c.str();
                }
                if (a == b && b == c) {
                    ASSERT_EQ(a, c) << a.str() << b.str() << c.str();
                }
                if (a == b && b < c) {
                    ASSERT_LT(a, c) << a.str() << b.str() << c.str();
                }
            }
        }
    }
}

TEST(Version, ReadsAgainWhatItWrites) {
    for (const Version& version : generated(500)) {
        EXPECT_EQ(v(version.str()), version);
        EXPECT_EQ(v(version.core().str()), version.core());
        EXPECT_LE(version, version.core());
    }
}

}  // namespace
}  // namespace lockstep::version
