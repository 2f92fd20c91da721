#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/transcript.h"

namespace lockstep::testing {
namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(LOCKSTEP_TEST_DIR).parent_path();

void add_markdown(const fs::path& folder, std::vector<std::string>& files) {
    if (!fs::is_directory(folder)) return;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".md")
            files.push_back(fs::relative(entry.path(), source).string());
}

/// The transcripts, and the documents that show commands.
std::vector<std::string> documents() {
    std::vector<std::string> files = {"README.md"};
    add_markdown(source / "tests" / "transcripts", files);
    add_markdown(source / "docs" / "guide", files);
    std::sort(files.begin(), files.end());
    return files;
}

class Transcripts : public ::testing::TestWithParam<std::string> {};

TEST_P(Transcripts, AreWhatIsPrinted) {
    const fs::path program = LOCKSTEP_PROGRAM;
    run_transcript(source / GetParam(),
                   {.path = {program.parent_path().string(), (source / "examples").string()}});
}

INSTANTIATE_TEST_SUITE_P(Documents, Transcripts, ::testing::ValuesIn(documents()),
                         [](const auto& document) {
                             std::string name = document.param;
                             for (char& c : name)
                                 if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                             return name;
                         });

using Lines = std::vector<std::string>;

TEST(Transcript, ReadsCommandsTheirOutputAndFiles) {
    const Lines lines = {"text",
                         "```yaml a/b.yaml",
                         "x: 1",
                         "```",
                         "<!-- $ make it -->",
                         "```console",
                         "$ one",
                         "out",
                         "$ two \\",
                         "> three",
                         "```",
                         "```sh",
                         "$ not run",
                         "```"};
    const auto steps = parse_transcript(lines);
    ASSERT_EQ(steps.size(), 4u);
    EXPECT_EQ(steps[0].kind, Step::Kind::file);
    EXPECT_EQ(steps[0].path, "a/b.yaml");
    EXPECT_EQ(steps[0].text, "x: 1\n");
    EXPECT_EQ(steps[1].kind, Step::Kind::setup);
    EXPECT_EQ(steps[1].text, "make it");
    EXPECT_EQ(steps[2].text, "one");
    EXPECT_EQ(steps[2].output_begin, 7u);
    EXPECT_EQ(steps[2].output_end, 8u);
    EXPECT_EQ(steps[3].text, "two \\\nthree");
    EXPECT_EQ(steps[3].output_begin, steps[3].output_end);
}

TEST(Transcript, MatchesExactlyButForWhatMayVary) {
    EXPECT_TRUE(matches_transcript({"a", "b"}, {"a", "b"}));
    EXPECT_FALSE(matches_transcript({"a"}, {"a", "b"}));
    EXPECT_FALSE(matches_transcript({"a", "b"}, {"a"}));
    EXPECT_TRUE(matches_transcript({"took <…> ms in <…>"}, {"took 12 ms in x y"}));
    EXPECT_FALSE(matches_transcript({"took <…> ms"}, {"took 12 s"}));
    EXPECT_TRUE(matches_transcript({"a", "<…>", "z"}, {"a", "b", "c", "z"}));
    EXPECT_TRUE(matches_transcript({"a", "<…>", "z"}, {"a", "z"}));
    EXPECT_FALSE(matches_transcript({"a", "<…>", "z"}, {"a", "b"}));
}

}  // namespace
}  // namespace lockstep::testing
