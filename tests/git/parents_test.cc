#include "git/parents.h"

#include <gtest/gtest.h>

#include "support/git_repo.h"

namespace lockstep::git {
namespace {

ObjectId id(const std::string& hex) {
    return ObjectId::parse(hex).value();
}

std::string shown(const testing::GitRepo& repository, const std::string& commit) {
    const auto parents = read_parents(repository.path(), id(commit));
    if (!parents) return to_string(parents.error());
    std::string text;
    for (const Parent& parent : *parents) {
        text += parent.commit.hex().substr(0, 7) + ":";
        for (const std::string& path : parent.changed) text += " " + path;
        text += parent.is_whole ? "\n" : " …\n";
    }
    return text;
}

TEST(Parents, AndWhatDiffers) {
    testing::GitRepo repository;
    repository.write("a", "1");
    repository.write("b/c", "1");
    const std::string first = repository.commit();
    repository.write("b/c", "2");
    repository.write("d e\n", "new");
    repository.remove("a");
    const std::string second = repository.commit();
    EXPECT_EQ(shown(repository, first), "");
    EXPECT_EQ(shown(repository, second), first.substr(0, 7) + ": a b/c d e\n\n");
}

TEST(Parents, OfAMergeAreBoth) {
    testing::GitRepo repository;
    repository.write("a", "1");
    const std::string base = repository.commit();
    repository.run({"checkout", "-q", "-b", "side"});
    repository.write("side", "1");
    const std::string side = repository.commit();
    repository.run({"checkout", "-q", "main"});
    repository.write("main", "1");
    const std::string main = repository.commit();
    repository.run({"merge", "-q", "--no-ff", "-m", "merge", "side"});
    const std::string merge = repository.run({"rev-parse", "HEAD"});
    EXPECT_EQ(shown(repository, merge),
              main.substr(0, 7) + ": side\n" + side.substr(0, 7) + ": main\n");
}

TEST(Parents, KeepNoMoreThanAThousandPaths) {
    testing::GitRepo repository;
    repository.commit();
    for (int at = 0; at < 1'001; ++at) repository.write("f" + std::to_string(at), "");
    const auto parents = read_parents(repository.path(), id(repository.commit()));
    ASSERT_TRUE(parents) << to_string(parents.error());
    ASSERT_EQ(parents->size(), 1u);
    EXPECT_EQ((*parents)[0].changed.size(), changed_max);
    EXPECT_FALSE((*parents)[0].is_whole);
}

TEST(Parents, OfWhatIsNoCommitAreAnError) {
    const testing::GitRepo repository;
    EXPECT_FALSE(read_parents(repository.path(), id(std::string(40, '1'))));
}

}  // namespace
}  // namespace lockstep::git
