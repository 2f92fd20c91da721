#include "changelog/notes.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::changelog {
namespace {

std::string said(std::string_view body) {
    std::string said;
    for (const Note& note : notes_of(body))
        said += std::string(to_string(note.topic)) + ": " + note.text + '\n';
    return said;
}

TEST(Notes, AreTheItemsOfListsAndParagraphs) {
    EXPECT_EQ(said("Some words\nin two lines.\n\n- one\n  goes on\n\n  and on\n  - inner\n* "
                   "two\n1. three\n\nEnd."),
              "other: Some words in two lines.\nother: one goes on and on - inner\nother: two\n"
              "other: three\nother: End.\n");
}

TEST(Notes, AreAboutWhatTheirHeadingSays) {
    EXPECT_EQ(
        said("### Breaking changes\n- a\n### Deprecated\n- b\n### Removed\n- c\n### Security\n- d\n"
             "### Upgrade notes\n- e\n### Added\n- f\n"),
        "breaking: a\ndeprecation: b\nremoval: c\nsecurity: d\nupgrade: e\nother: f\n");
}

TEST(Notes, UnderAHeadingOfLowerRankAreAboutTheSame) {
    EXPECT_EQ(said("## Urgent Upgrade Notes\n### No, really\n- a\n## Changes\n- b\n"),
              "breaking: a\nother: b\n");
}

TEST(Notes, SayThemselvesWhatTheyAreAbout) {
    EXPECT_EQ(
        said("- feat(api)!: a\n- **BREAKING CHANGE** b\n- Fix CVE-2026-1\n- Removed the flag\n"
             "- deprecate x\n- wow! this: is nothing\n"),
        "breaking: feat(api)!: a\nbreaking: **BREAKING CHANGE** b\nsecurity: Fix CVE-2026-1\n"
        "removal: Removed the flag\ndeprecation: deprecate x\nother: wow! this: is nothing\n");
}

TEST(Notes, HeaviestFirst) {
    std::vector<Note> notes = notes_of("- a\n- Removed b\n- BREAKING c\n- d\n");
    sort_by_topic(notes);
    std::string order;
    for (const Note& note : notes) order += note.text.back();
    EXPECT_EQ(order, "cbad");
}

TEST(Notes, AreBounded) {
    std::string body;
    for (int at = 0; at < 3000; ++at) body += "- x\n";
    EXPECT_EQ(notes_of(body).size(), 1000u);
    EXPECT_LT(notes_of("- " + std::string(5000, 'x')).at(0).text.size(), 1010u);
}

}  // namespace
}  // namespace lockstep::changelog
