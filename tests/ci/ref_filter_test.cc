#include "ci/ref_filter.h"

#include <gtest/gtest.h>

namespace lockstep::ci {
namespace {

struct Row {
    const char* pattern;
    const char* name;
    bool matches;
};

/// The examples of "Filter pattern cheat sheet", and what almost matches.
constexpr Row rows[] = {
    {"v2", "v2", true},
    {"v2", "v2.0", false},
    {"v2*", "v2.0", true},
    {"v*", "v1.2.0", true},
    {"v*", "release/v1", false},
    {"*", "main", true},
    {"*", "releases/10", false},
    {"**", "releases/10", true},
    {"feature/*", "feature/my-branch", true},
    {"feature/*", "feature/a/b", false},
    {"feature/**", "feature/a/b", true},
    {"releases/**-alpha", "releases/beta/3-alpha", true},
    {"*feature", "ver-10-feature", true},
    {"v[12].[0-9]+.[0-9]+", "v1.10.1", true},
    {"v[12].[0-9]+.[0-9]+", "v3.0.0", false},
    {"v[0-9]+.[0-9]+.[0-9]+", "v1.2.0-rc.1", false},
    {"v[0-9]+.[0-9]+.[0-9]+*", "v1.2.0-rc.1", true},
    {"v?1", "1", true},
    {"v?1", "v1", true},
    {"v?1", "vv1", false},
    {"v1.+", "v1...", true},
    {"\\*", "*", true},
    {"\\*", "x", false},
    {"[", "[", true},
    {"", "", true},
    {"", "v1", false},
    {"+", "+", true},
};

TEST(RefFilter, MatchesAsGitHubDoes) {
    for (const Row& row : rows)
        EXPECT_EQ(matches_ref_filter(row.pattern, row.name), row.matches)
            << row.pattern << " and " << row.name;
}

TEST(RefFilter, TakesNoLongerForManyStars) {
    EXPECT_FALSE(matches_ref_filter(std::string(2000, '*') + "b", std::string(2000, 'a')));
}

}  // namespace
}  // namespace lockstep::ci
