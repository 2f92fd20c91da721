#include "images/challenge.h"

#include <gtest/gtest.h>

namespace lockstep::images {
namespace {

TEST(Challenge, OfARegistryWithTokens) {
    const std::vector<Challenge> challenges = parse_challenges(
        R"(Bearer realm="https://auth.example.com/token",service="reg, \"one\"",scope="repository:a/b:pull,push")");
    ASSERT_EQ(challenges.size(), 1u);
    EXPECT_EQ(challenges[0].scheme, "bearer");
    EXPECT_EQ(challenges[0].find("realm"), "https://auth.example.com/token");
    EXPECT_EQ(challenges[0].find("service"), "reg, \"one\"");
    EXPECT_EQ(challenges[0].find("scope"), "repository:a/b:pull,push");
    EXPECT_EQ(challenges[0].find("error"), "");
}

TEST(Challenge, SeveralInOneField) {
    const std::vector<Challenge> challenges =
        parse_challenges("Negotiate, Basic REALM = plain ,, BEARER realm=\"x\"");
    ASSERT_EQ(challenges.size(), 3u);
    EXPECT_EQ(challenges[0], (Challenge{.scheme = "negotiate", .parameters = {}}));
    EXPECT_EQ(challenges[1], (Challenge{.scheme = "basic", .parameters = {{"realm", "plain"}}}));
    EXPECT_EQ(challenges[2], (Challenge{.scheme = "bearer", .parameters = {{"realm", "x"}}}));
}

TEST(Challenge, WhatIsBrokenEndsTheList) {
    EXPECT_TRUE(parse_challenges("").empty());
    EXPECT_TRUE(parse_challenges("Bearer realm=\"open").empty());
    EXPECT_TRUE(parse_challenges("=\"x\"").empty());
    EXPECT_EQ(parse_challenges("Basic realm=a, Bearer realm=\"open").size(), 1u);
}

}  // namespace
}  // namespace lockstep::images
