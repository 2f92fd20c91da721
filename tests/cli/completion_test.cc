#include "cli/completion.h"

#include <gtest/gtest.h>

#include "os/environment.h"
#include "os/subprocess.h"
#include "support/temp_dir.h"

namespace lockstep::cli {
namespace {

/// What a shell prints for `script`, with the completion of that shell in the file `completion`.
std::string printed_by(const std::string& shell, const std::string& completion,
                       const std::string& script) {
    const testing::TempDir folder;
    folder.write("completion", completion);
    folder.write("script", script);
    const auto captured = os::run({.argv = {shell, folder / "script"},
                                   .set = {{"HOME", folder.path().string()}, {"TERM", "dumb"}},
                                   .directory = folder.path().string()});
    EXPECT_TRUE(captured.has_value()) << to_string(captured.error());
    return captured.has_value() ? captured->out + captured->err : "";
}

bool is_installed(const std::string& shell) {
    return os::find_program(shell).has_value();
}

std::string in_bash(const std::string& words, int current) {
    return printed_by("bash", bash_completion(),
                      "source ./completion\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD=" +
                          std::to_string(current) + "\n_lockstep\necho \"${COMPREPLY[@]}\"\n");
}

TEST(Completion, CompletesInBash) {
    if (!is_installed("bash")) GTEST_SKIP() << "bash is not installed";
    EXPECT_EQ(in_bash("lockstep ''", 1),
              "verify audit changes render doctor sync record trace consumers deployed init rules "
              "version "
              "completion help image "
              "release\n");
    EXPECT_EQ(in_bash("lockstep ver", 1), "verify version\n");
    EXPECT_EQ(in_bash("lockstep audit --si", 2), "--since\n");
    EXPECT_EQ(in_bash("lockstep audit -o j", 3), "json junit\n");
    EXPECT_EQ(in_bash("lockstep version -o ''", 3), "text json\n");
    EXPECT_EQ(in_bash("lockstep audit --output = s", 4), "sarif\n");
    EXPECT_EQ(in_bash("lockstep completion ''", 2), "bash zsh fish\n");
    EXPECT_EQ(in_bash("lockstep image ''", 2), "inspect digest list copy\n");
    EXPECT_EQ(in_bash("lockstep image list -o ''", 4), "text json lock\n");
    EXPECT_EQ(in_bash("lockstep image copy --ref", 3), "--referrers\n");
}

std::string in_fish(const std::string& line) {
    return printed_by(
        "fish", fish_completion(),
        "source ./completion\ncomplete -C '" + line + "' | string match -r '^\\S+'\n");
}

TEST(Completion, CompletesInFish) {
    if (!is_installed("fish")) GTEST_SKIP() << "fish is not installed";
    EXPECT_EQ(in_fish("lockstep ver"), "verify\nversion\n");
    EXPECT_EQ(in_fish("lockstep audit --si"), "--since\n");
    EXPECT_EQ(in_fish("lockstep audit -o j"), "json\njunit\n");
    EXPECT_EQ(in_fish("lockstep version -o "), "json\ntext\n");
    EXPECT_EQ(in_fish("lockstep completion "), "bash\nfish\nzsh\n");
    EXPECT_EQ(in_fish("lockstep im"), "image\n");
    EXPECT_EQ(in_fish("lockstep image "), "copy\ndigest\ninspect\nlist\n");
    EXPECT_EQ(in_fish("lockstep image list -o "), "json\nlock\ntext\n");
    EXPECT_EQ(in_fish("lockstep image copy --ref"), "--referrers\n");
}

/// zsh completes only at a terminal: one of its own pseudo terminals. What it shows for `line` and
/// the tabulator, read until `awaited` stands in it, for ten seconds at most.
std::string in_zsh(const std::string& line, const std::string& awaited) {
    return printed_by("zsh", zsh_completion(), R"(zmodload zsh/zpty
export TERM=xterm
zpty z zsh -f -i
zpty -w z 'PROMPT=; stty rows 50 cols 200; autoload -Uz compinit; compinit -u -d ./dump; source ./completion; bindkey "^I" list-choices; echo read"y"'
zpty -r z text '*ready*'
text=
zpty -n -w z ')" + line + R"('$'\t'
for try in {1..100}; do
    while zpty -rt z part; do text+=$part; done
    [[ $text == *')" + awaited + R"('* ]] && break
    sleep 0.1
done
print -r -- "$text"
zpty -d z
)");
}

TEST(Completion, CompletesInZsh) {
    if (!is_installed("zsh")) GTEST_SKIP() << "zsh is not installed";
    const auto shows = [](const std::string& line, const std::string& awaited) {
        const std::string shown = in_zsh(line, awaited);
        EXPECT_NE(shown.find(awaited), std::string::npos) << shown;
    };
    shows("lockstep ver", "version  -- Print the version of lockstep");
    shows("lockstep audit -o j", "json   junit");
    shows("lockstep audit --si", "--since  -- Audit this release and those after it");
    shows("lockstep image co", "copy  -- Copy an image by its digest");
    shows("lockstep image copy --ref", "--referrers  -- Copy what refers to the image too");
}

}  // namespace
}  // namespace lockstep::cli
