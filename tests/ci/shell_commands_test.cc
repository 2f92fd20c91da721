#include "ci/shell_commands.h"

#include <gtest/gtest.h>

namespace lockstep::ci {
namespace {

using Words = std::vector<std::string>;

std::vector<Words> words_of(std::string_view script) {
    std::vector<Words> all;
    for (const ShellCommand& command : shell_commands(script)) all.push_back(command.words);
    return all;
}

TEST(ShellCommands, AreCutWhereAShellCuts) {
    EXPECT_EQ(words_of("docker build . && docker push a:b; echo done | tee log"),
              (std::vector<Words>{{"docker", "build", "."},
                                  {"docker", "push", "a:b"},
                                  {"echo", "done"},
                                  {"tee", "log"}}));
    EXPECT_EQ(words_of("if ! sudo DOCKER_BUILDKIT=1 docker push x; then exit 1; fi").front(),
              (Words{"docker", "push", "x"}));
    EXPECT_EQ(words_of("echo 'docker push; x' # docker push\n# docker push"),
              (std::vector<Words>{{"echo", "docker push; x"}}));
    EXPECT_EQ(words_of("A=$(crane digest x) B=1"), (std::vector<Words>{{"crane", "digest", "x"}}));
}

TEST(ShellCommands, KeepExpressionsWholeAndLinesKnown) {
    const auto commands = shell_commands(
        "set -e\ndocker buildx build \\\n  --push \\\n  -t ${{ env.A }}/b:${TAG:-x y} .\nmake "
        "push\n");
    ASSERT_EQ(commands.size(), 3U);
    EXPECT_EQ(commands[1].words, (Words{"docker", "buildx", "build", "--push", "-t",
                                        "${{ env.A }}/b:${TAG:-x y}", "."}));
    EXPECT_EQ(commands[1].line, 1U);
    EXPECT_EQ(commands[2].line, 4U);
}

TEST(ShellCommands, OfAnythingEnd) {
    EXPECT_EQ(words_of("\\"), (std::vector<Words>{{"\\"}}));
    EXPECT_EQ(words_of("'open"), (std::vector<Words>{{"open"}}));
    EXPECT_EQ(words_of("${open"), (std::vector<Words>{{"${open"}}));
    EXPECT_EQ(words_of(""), std::vector<Words>());
}

}  // namespace
}  // namespace lockstep::ci
