#include "edit/changelog.h"

#include <gtest/gtest.h>

namespace lockstep::edit {
namespace {

const Options next{.tag = "v1.2.0", .version = "1.2.0", .date = "2026-11-28"};

std::string released(std::string_view text, const Options& options = next) {
    const auto edit = release_changes("CHANGELOG.md", text, options);
    if (!edit) return std::string(to_string(edit.error().kind)) + ": " + to_string(edit.error());
    if (edit->edits.empty()) return "unchanged at " + std::to_string(edit->section_line);
    EXPECT_EQ(edit->edits.size(), edit->replacements.size());
    return applied(text, edit->edits);
}

TEST(Changelog, WhatIsUnreleasedBecomesTheVersions) {
    EXPECT_EQ(
        released("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- wings\n\n"
                 "## [1.1.0] - 2026-01-02\n\n- tail\n\n"
                 "[Unreleased]: https://github.com/kite/kite/compare/v1.1.0...HEAD\n"
                 "[1.1.0]: https://github.com/kite/kite/releases/tag/v1.1.0\n"),
        "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-28\n\n### Added\n\n- wings\n\n"
        "## [1.1.0] - 2026-01-02\n\n- tail\n\n"
        "[Unreleased]: https://github.com/kite/kite/compare/v1.2.0...HEAD\n"
        "[1.2.0]: https://github.com/kite/kite/compare/v1.1.0...v1.2.0\n"
        "[1.1.0]: https://github.com/kite/kite/releases/tag/v1.1.0\n");
}

TEST(Changelog, KeepsTheWritingOfItsHeadings) {
    EXPECT_EQ(released("## Unreleased\r\n- wings\r\n\r\n## v1.1.0\r\n"),
              "## Unreleased\r\n\r\n## v1.2.0 - 2026-11-28\r\n- wings\r\n\r\n## v1.1.0\r\n");
    EXPECT_EQ(released("## [unreleased]"), "## [unreleased]\n\n## [1.2.0] - 2026-11-28");
}

TEST(Changelog, OtherLinksStay) {
    const std::string links = "[Unreleased]: https://example.com/changes\n";
    EXPECT_EQ(released("## [Unreleased]\n\n" + links),
              "## [Unreleased]\n\n## [1.2.0] - 2026-11-28\n\n" + links);
}

TEST(Changelog, ASectionThatIsThereIsLeftAlone) {
    EXPECT_EQ(released("## [Unreleased]\n\n## [1.2.0] - 2026-11-27\n- wings\n"), "unchanged at 3");
    EXPECT_EQ(released("## [1.2.0] - 2026-11-27\n- wings\n"), "unchanged at 1");
    EXPECT_EQ(
        released("## [Unreleased]\n- more\n## [1.2.0] - 2026-11-27\n- wings\n"),
        "conflict: CHANGELOG.md:1:1: `## [1.2.0] - 2026-11-27` is there already, and something "
        "is unreleased besides");
}

TEST(Changelog, WithoutASectionThereIsNothingToRelease) {
    EXPECT_EQ(released("# Changes\n\n```\n## [Unreleased]\n```\n"),
              "unsupported: CHANGELOG.md:1: the change log has no section `## [Unreleased]`");
}

TEST(Changelog, FindsTheSectionOfAVersion) {
    constexpr const char* text =
        "# Changes\n\n## [Unreleased]\n\n```\n## [1.1.0]\n```\n\n## [1.1.0] - 2024-01-02\n\n## "
        "v1.0.0\n";
    const auto bracketed = find_section(text, "1.1.0", "v1.1.0");
    ASSERT_TRUE(bracketed);
    EXPECT_EQ(bracketed->line, 9u);
    EXPECT_EQ(bracketed->title, "[1.1.0] - 2024-01-02");
    EXPECT_EQ(find_section(text, "1.0.0", "v1.0.0")->line, 11u);
    EXPECT_FALSE(find_section(text, "1.0", "v1.0"));
}

}  // namespace
}  // namespace lockstep::edit
