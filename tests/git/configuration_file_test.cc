#include "git/configuration_file.h"

#include <gtest/gtest.h>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

using Entries = std::vector<ConfigurationEntry>;

/// As git reads the same text.
Entries by_git(const std::string& text) {
    const testing::TempDir dir;
    dir.write("config", text);
    return parse_configuration(
        testing::Git(dir.path().string()).run({"config", "--file", "config", "--null", "--list"}));
}

TEST(ConfigurationFile, IsReadAsGitReadsIt) {
    for (const std::string text : {
             "",
             "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n",
             "# one\n; two\n[remote \"Origin.x\"]\n\turl = https://example.org/a b.git  # end\n",
             "[a]\nb=\"c # d\"\n[A \"with \\\"quotes\\\" and \\\\\"]B-1 = x\\\\y\\n\\\"z\\\"\n",
             "[user]\n\tname = A  U   Thor   \n\temail=\"a@example.org\" ; a comment\n[x] y\n",
             "  [ two \"b\" ] three\n",
             "[a]\nkey = \"\" x\nempty =\nquoted = \"  blanks  \"  \nlast = no newline",
             "[a]\nkey = before \"\" after\nother = a\"b\"c;d\n",
         }) {
        const auto read = parse_configuration_file(text);
        if (text.contains("[ two")) {
            EXPECT_FALSE(read) << text;
            continue;
        }
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, by_git(text)) << text;
    }
}

TEST(ConfigurationFile, WithAnythingRarerIsLeftToGit) {
    for (const std::string text : {
             "[include]\npath = x\n",
             "[includeIf \"gitdir:x\"]\npath = x\n",
             "[a.b]\nc = d\n",
             "[a]\nb = c\\\n d\n",
             "[a]\r\nb = c\r\n",
             "[a]\nb = c\td\n",
             "\xef\xbb\xbf[a]\n",
             "[a\nb = c\n",
             "b = c\n",
             "[a]\n1b = c\n",
             "[a]\nb = \"c\n",
             "[a]\nb = \\x\n",
             "[a]\nb c\n",
             "[a \"b]\nc = d\n",
             "[]\n",
             "[a \"b\\",
             "[a]\nb = c\\",
         })
        EXPECT_FALSE(parse_configuration_file(text)) << text;
}

}  // namespace
}  // namespace lockstep::git
