#include "git/commit_text.h"

#include <gtest/gtest.h>

#include "git/list_remote.h"
#include "support/git_repo.h"

namespace lockstep::git {
namespace {

TEST(CommitText, IsTheAuthorAndTheFirstLine) {
    EXPECT_EQ(
        parse_commit_text("tree 0\nparent 1\nauthor Ada L <ada@example.com> 1700000000 +0100\n"
                          "committer Bob <bob@example.com> 1 +0000\n\nFirst line\n\nMore\n"),
        (CommitText{.author = "Ada L", .time = 1'700'000'000, .subject = "First line"}));
    EXPECT_EQ(parse_commit_text(""), CommitText{});
    EXPECT_EQ(parse_commit_text("tree 0"), CommitText{});
}

TEST(CommitText, IsReadFromARepository) {
    testing::GitRepo made;
    made.write("a", "1");
    made.commit("Say more");
    const auto repository = Repository::open(made.path());
    ASSERT_TRUE(repository) << to_string(repository.error());
    const auto text =
        read_commit_text(*repository, *ObjectId::parse(made.run({"rev-parse", "HEAD"})));
    ASSERT_TRUE(text) << to_string(text.error());
    EXPECT_EQ(text->subject, "Say more");
}

TEST(TagsContaining, AreThoseThatHaveTheCommitInTheirHistory) {
    testing::GitRepo made;
    made.commit("zero");
    made.tag("before");
    made.write("a", "1");
    const std::string commit = made.commit("one");
    made.tag("v1");
    made.write("a", "2");
    made.commit("two");
    made.annotate("v2");
    const auto repository = Repository::open(made.path());
    EXPECT_EQ(*tags_containing(*repository, *ObjectId::parse(commit)),
              (std::vector<std::string>{"v1", "v2"}));
}

TEST(ListRemote, TellsWhatIsThereNow) {
    testing::GitRepo made;
    made.write("a", "1");
    const std::string commit = made.commit("one");
    made.tag("v1");
    const std::string patterns[] = {"refs/tags/*"};
    const auto refs = list_remote("file://" + made.path(), patterns);
    ASSERT_TRUE(refs) << to_string(refs.error());
    ASSERT_EQ(refs->refs.size(), 1u);
    EXPECT_EQ(refs->refs.at("refs/tags/v1").hex(), commit);
    EXPECT_EQ(list_remote("file:///nowhere/at/all", patterns).error().kind, Error::Kind::not_found);
}

}  // namespace
}  // namespace lockstep::git
