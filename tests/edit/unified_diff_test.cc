#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>

#include "edit/edit.h"
#include "support/temp_dir.h"

namespace lockstep::edit {
namespace {

std::string diff_of(const std::string& before, const std::string& after, bool coloured = false) {
    Edits edits;
    edits.files.push_back({.path = "f",
                           .before = std::make_shared<const std::string>(before),
                           .after = std::make_shared<const std::string>(after),
                           .replacements = {}});
    return unified_diff(edits, coloured);
}

TEST(UnifiedDiff, ShowsThreeLinesAround) {
    EXPECT_EQ(diff_of("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n"),
              "--- a/f\n+++ b/f\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n");
}

TEST(UnifiedDiff, ColoursAsGitDoes) {
    EXPECT_EQ(diff_of("1\n", "2\n", true),
              "\x1b[1m--- a/f\x1b[m\n\x1b[1m+++ b/f\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n"
              "\x1b[31m-1\x1b[m\n\x1b[32m+2\x1b[m\n");
}

TEST(UnifiedDiff, NothingForWhatIsTheSame) {
    EXPECT_EQ(diff_of("1\n", "1\n"), "");
}

/// What git makes of `before` by the difference must be `after`, whatever the two are.
TEST(UnifiedDiff, IsWhatGitApplies) {
    testing::TempDir folder;
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        std::string before, after;
        for (int line = 0; line < 30; ++line) {
            const std::string text = std::to_string(random() % 9) + "\n";
            if (random() % 6 != 0) before += text;
            if (random() % 6 != 0) after += random() % 9 == 0 ? "new\n" : text;
        }
        if (round % 3 == 0 && !before.empty()) before.pop_back();
        if (round % 4 == 0 && !after.empty()) after.pop_back();
        if (before == after) continue;
        folder.write("f", before);
        folder.write("difference", diff_of(before, after));
        const std::string command =
            "git -C '" + folder.path().string() + "' apply --whitespace=nowarn difference";
        ASSERT_EQ(std::system(command.c_str()), 0) << diff_of(before, after);
        std::ifstream file(folder / "f");
        std::stringstream text;
        text << file.rdbuf();
        ASSERT_EQ(text.str(), after) << diff_of(before, after);
    }
}

}  // namespace
}  // namespace lockstep::edit
