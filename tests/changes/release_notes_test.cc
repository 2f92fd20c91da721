#include "changes/release_notes.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::changes {
namespace {

version::Version v(std::string_view text) {
    return version::Version::parse(text).value();
}

Milestone tagged(std::string_view version, std::string message = {}) {
    return {
        .tag = 'v' + std::string(version), .version = v(version), .message = std::move(message)};
}

std::string said(const std::vector<Milestone>& path, const std::vector<NoteFile>& files) {
    std::string said;
    for (const VersionNotes& notes : release_notes(path, files, v("1.0.0"), v("1.3.0"))) {
        said += (notes.tag.empty() ? "(no tag) " + notes.version.str() : notes.tag) + " <" +
                notes.place + ">";
        for (const changelog::Note& note : notes.notes) said += ' ' + note.text;
        said += '\n';
    }
    return said;
}

TEST(ReleaseNotes, OfEveryVersionOnTheWayNewestFirst) {
    EXPECT_EQ(
        said({tagged("1.1.0"), tagged("1.2.0"), tagged("1.3.0")},
             {{"CHANGELOG.md",
               "## 1.4.0\n- no\n## 1.3.0\n- c\n- Removed d\n## 1.1.0\n- a\n## 1.0.0\n- no\n"}}),
        "v1.3.0 <CHANGELOG.md:3> Removed d c\nv1.2.0 <>\nv1.1.0 <CHANGELOG.md:6> a\n");
}

TEST(ReleaseNotes, OfFilesThatAreCalledByTheVersion) {
    EXPECT_EQ(said({tagged("1.2.0"), tagged("1.3.0")},
                   {{"docs/releases/v1.2.0.md", "# Kite v1.2.0\n\n- a\n"},
                    {"docs/releases/v1.3.0.md", "- b\n"}}),
              "v1.3.0 <docs/releases/v1.3.0.md> b\nv1.2.0 <docs/releases/v1.2.0.md:1> a\n");
}

TEST(ReleaseNotes, OfTagsUnlessTheyOnlyRepeatTheVersion) {
    EXPECT_EQ(said({tagged("1.1.0", "Release v1.1.0"), tagged("1.2.0", "kite v1.2.0"),
                    tagged("1.3.0", "Release v1.3.0\n\n- feat!: a\n")},
                   {}),
              "v1.3.0 <tag v1.3.0> feat!: a\nv1.2.0 <>\nv1.1.0 <>\n");
}

TEST(ReleaseNotes, OfVersionsWithoutATagToo) {
    EXPECT_EQ(said({tagged("1.3.0")}, {{"NEWS", "## 1.3.0\n- b\n## 1.2.5\n- a\n"}}),
              "v1.3.0 <NEWS:1> b\n(no tag) 1.2.5 <NEWS:3> a\n");
}

TEST(ReleaseNotes, OfPreReleasesOnlyWhereSomethingIsWritten) {
    EXPECT_EQ(said({tagged("1.3.0-rc.1"), tagged("1.3.0-rc.2"), tagged("1.3.0")},
                   {{"NEWS", "## 1.3.0-rc.2\n- b\n"}}),
              "v1.3.0 <>\nv1.3.0-rc.2 <NEWS:1> b\n");
}

}  // namespace
}  // namespace lockstep::changes
