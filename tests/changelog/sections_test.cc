#include "changelog/sections.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::changelog {
namespace {

/// "1.2.0@3: body" for each section, line breaks of the body as '|'.
std::string said(std::string_view text) {
    std::string said;
    for (const Section& section : sections_of(text)) {
        std::string body(section.body);
        for (char& c : body)
            if (c == '\n') c = '|';
        said += (section.version ? section.version->str() : "unreleased") + '@' +
                std::to_string(section.line) + ": " + body + '\n';
    }
    return said;
}

TEST(Sections, OfKeepAChangelog) {
    EXPECT_EQ(said("# Changelog\n\nAll notable changes.\n\n## [Unreleased]\n\n- x\n\n"
                   "## [1.1.0] - 2026-01-02\n\n### Added\n- a\n\n## 1.0.0 - 2025-01-02\n- b\n\n"
                   "[Unreleased]: https://h/compare/v1.1.0...HEAD\n[1.1.0]: https://h/v1.1.0\n"),
              "unreleased@5: - x\n1.1.0@9: ### Added|- a\n1.0.0@14: - b\n");
}

TEST(Sections, OfFreeForms) {
    EXPECT_EQ(said("# v1.2.3 (2024-01-01)\n- a\n# v1.2.2\n- b\n"), "1.2.3@1: - a\n1.2.2@3: - b\n");
    EXPECT_EQ(
        said("1.2.0 / 2024-01-01\n==================\n\n  * a\n\n1.1.0 / 2023\n=====\n  * b\n"),
        "1.2.0@1:   * a\n1.1.0@6:   * b\n");
    EXPECT_EQ(said("v1.2.0\n------\n- a\n"), "1.2.0@1: - a\n");
    EXPECT_EQ(said("Version 1.2.0\n\n- a\n\nVersion 1.1.0\n\n- b\n"),
              "1.2.0@1: - a\n1.1.0@5: - b\n");
    EXPECT_EQ(
        said("## [1.2.0](https://h/compare/v1.1.0...v1.2.0) (2024-01-01)\n\n### Features\n\n* a\n"),
        "1.2.0@1: ### Features||* a\n");
    EXPECT_EQ(said("**v1.2.0**\n\n- a\n"), "1.2.0@1: - a\n");
    EXPECT_EQ(said("# Kite v1.2.0\n- a\n"), "1.2.0@1: - a\n");
    EXPECT_EQ(said("## What's new in 1.2.0\n- a\n"), "1.2.0@1: - a\n");
    EXPECT_EQ(said("<a name=\"1.2.0\"></a>\n## v1.2.0-rc.1\r\n- a\r\n"), "1.2.0-rc.1@2: - a\n");
}

TEST(Sections, AreNotBegunByHeadingsThatMentionAnotherVersion) {
    EXPECT_EQ(said("# v1.31.2\n\n## Downloads for v1.31.2\nx\n## Changelog since v1.31.1\n- a\n"
                   "## Upgrading from v1.30.0\n- b\n"),
              "1.31.2@1: ## Downloads for v1.31.2|x|## Changelog since v1.31.1|- a|## Upgrading "
              "from v1.30.0|- b\n");
    EXPECT_EQ(said("## 1.2.0\n- needs Go 1.21\n\nWe recommend 1.1.9 of the other.\n\nEnd.\n"),
              "1.2.0@1: - needs Go 1.21||We recommend 1.1.9 of the other.||End.\n");
    EXPECT_EQ(said("## 1.2.0\n```\n## 1.1.0\n```\n- a\n"), "1.2.0@1: ```|## 1.1.0|```|- a\n");
}

TEST(Sections, EndAtAHeadingOfHigherRank) {
    EXPECT_EQ(said("# Log\n## 1.2.0\n- a\n# Credits\n- everybody\n"), "1.2.0@2: - a\n");
}

}  // namespace
}  // namespace lockstep::changelog
