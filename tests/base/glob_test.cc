#include "base/glob.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep {
namespace {

struct Case {
    std::string pattern, text;
    bool matches;
};

TEST(Glob, MatchesAsGitignoreDoes) {
    const std::vector<Case> cases = {
        {"deploy", "deploy", true},
        {"deploy", "deploy/a", false},
        {"deploy", "xdeploy", false},
        {"*", "README.md", true},
        {"*", "", true},
        {"*", "docs/README.md", false},
        {"*.md", "README.md", true},
        {"*.md", ".md", true},
        {"docs/*.md", "docs/a/b.md", false},
        {"deploy/*/kustomization.yaml", "deploy/prod/kustomization.yaml", true},
        {"deploy/v*/*", "deploy/v4.1.0/install.yaml", true},
        {"RELATED_IMAGE_*", "RELATED_IMAGE_WASM_SHIM", true},
        {"RELATED_IMAGE_*", "RELATED_IMAGES", false},
        {"test-*", "test-1.18-tag", true},

        {"**", "a/b/c", true},
        {"**", "", true},
        {"deploy/**", "deploy", true},
        {"deploy/**", "deploy/a", true},
        {"deploy/**", "deploy/a/b.yaml", true},
        {"deploy/**", "deployment/a", false},
        {"**/README.md", "README.md", true},
        {"**/README.md", "docs/en/README.md", true},
        {"**/README.md", "docs/xREADME.md", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "a/xb", false},
        {"a/**/b/**", "a/x/b/c", true},
        {"a/**/b/**", "a/b", true},
        {"docs/**.md", "docs/a/b.md", true},
        {"/**", "a", false},
        {"/**", "/a", true},

        {"?", "a", true},
        {"?", "", false},
        {"?", "/", false},
        {"?", "\xc3\xa9", true},
        {"??", "\xc3\xa9", false},
        {"caf?", "caf\xc3\xa9", true},
        {"?", "\xff", true},
        {"v[0-9]*", "v1.2.3", true},
        {"v[0-9]*", "version", false},
        {"[!a-c]", "d", true},
        {"[^a-c]", "b", false},
        {"[!a]", "/", false},
        {"[]]", "]", true},
        {"[a-]", "-", true},
        {"[a", "[a", true},
        {"[a", "a", false},
        {"\\*", "*", true},
        {"\\*", "a", false},
        {"a\\", "a\\", true},
        {"", "", true},
        {"", "a", false},
    };
    for (const Case& each : cases)
        EXPECT_EQ(matches_glob(each.pattern, each.text), each.matches)
            << each.pattern << " on " << each.text;
}

TEST(Glob, NoPatternIsSlow) {
    std::string stars;
    for (int time = 0; time < 200; ++time) stars += "*a**";
    EXPECT_FALSE(matches_glob(stars + "b", std::string(2000, 'a')));
    EXPECT_TRUE(matches_glob(stars, std::string(2000, 'a')));
}

}  // namespace
}  // namespace lockstep
