#include "release/branch.h"

#include "release/draft_site.h"

namespace lockstep::release {
namespace {

using Behind = project::Release::Behind;

/// S is the branch's tip when the release begins, M the release; `moved` is what a person has
/// pushed meanwhile.
class Branch : public testing::DraftSite {
  protected:
    void SetUp() override {
        work.write("version", "1.0.0\n");
        work.write("program", "one\n");
        state.source = work.commit("S");
        work.write("version", "1.1.0\n");
        state.commit = work.commit("M");
        work.run({"push", "--quiet", "origin", state.commit + ":refs/lockstep/candidates/v1.1.0"});
        push(state.source);
        state.tag = "v1.1.0";
        state.branch = "refs/heads/main";
        state.person = "Kim Kite";
        state.email = "kim@example.com";
    }
    void push(const std::string& commit) {
        work.run({"push", "--quiet", "--force", "origin", commit + ":refs/heads/main"});
        tip = object_id(commit);
    }
    /// A commit beside M.
    std::string moved(const std::string& path, const std::string& text) {
        work.run({"reset", "--quiet", "--hard", state.source});
        work.write(path, text);
        const std::string commit = work.commit("meanwhile");
        push(commit);
        return commit;
    }
    Result<BranchPlan> plan(Behind behind = Behind::merge) {
        project::Project project;
        project.release.behind = behind;
        return plan_branch(open(), state, project, tip);
    }

    State state;
    git::ObjectId tip;
};

constexpr Behind behinds[] = {Behind::merge, Behind::tag_only, Behind::fail};

TEST_F(Branch, ThatStandsStillGoesOnToTheRelease) {
    for (const Behind behind : behinds) {
        const BranchPlan planned = plan(behind).value();
        EXPECT_EQ(planned.update,
                  (git::RefUpdate{"refs/heads/main", tip, object_id(state.commit)}));
        EXPECT_EQ(planned.merged, state.commit);
        EXPECT_EQ(planned.note, "");
    }
}

TEST_F(Branch, ThatHasTheReleaseStays) {
    push(state.commit);
    for (const Behind behind : behinds) {
        const BranchPlan planned = plan(behind).value();
        EXPECT_FALSE(planned.update);
        EXPECT_EQ(planned.merged, state.commit);
    }
    work.write("program", "two\n");
    const std::string after = work.commit("after");
    push(after);
    for (const Behind behind : behinds) {
        const BranchPlan planned = plan(behind).value();
        EXPECT_FALSE(planned.update);
        EXPECT_EQ(planned.merged, after);
    }
}

TEST_F(Branch, ThatMovedOnGetsAMerge) {
    const std::string meanwhile = moved("program", "two\n");
    const BranchPlan planned = plan().value();
    ASSERT_TRUE(planned.update);
    EXPECT_EQ(planned.update->expected, object_id(meanwhile));
    EXPECT_EQ(planned.update->value.hex(), planned.merged);
    EXPECT_EQ(planned.note, "");
    // Looked at where it was made.
    const lockstep::testing::Git draft(site->draft().directory());
    EXPECT_EQ(
        draft.run({"log", "-1", "--format=%P %an <%ae> %at %s", planned.merged}),
        meanwhile + ' ' + state.commit + " Kim Kite <kim@example.com> 1700000000 Merge v1.1.0");
    EXPECT_EQ(draft.run({"show", planned.merged + ":version"}), "1.1.0");
    EXPECT_EQ(draft.run({"show", planned.merged + ":program"}), "two");
}

TEST_F(Branch, ThatConflictsIsLeftAlone) {
    moved("version", "1.0.1-dev\n");
    const BranchPlan planned = plan().value();
    EXPECT_FALSE(planned.update);
    EXPECT_EQ(planned.merged, "");
    EXPECT_TRUE(planned.note.contains("conflicts")) << planned.note;
    EXPECT_TRUE(planned.note.contains("merge v1.1.0 into it by hand")) << planned.note;
}

TEST_F(Branch, ThatMovedOnIsLeftAloneWhereTheProjectSaysSo) {
    moved("program", "two\n");
    const BranchPlan planned = plan(Behind::tag_only).value();
    EXPECT_FALSE(planned.update);
    EXPECT_EQ(planned.merged, "");
    EXPECT_TRUE(planned.note.contains("merge v1.1.0 into it")) << planned.note;
}

TEST_F(Branch, ThatMovedOnFailsWhereTheProjectSaysSo) {
    moved("program", "two\n");
    const auto planned = plan(Behind::fail);
    ASSERT_FALSE(planned);
    EXPECT_EQ(planned.error().kind, Error::Kind::conflict);
    EXPECT_TRUE(planned.error().hint.contains("lockstep release abort v1.1.0"))
        << planned.error().hint;
}

TEST_F(Branch, IsLookedAtEarlyOnlyWhereItMatters) {
    const auto looked = [&](Behind behind) {
        project::Project project;
        project.release.behind = behind;
        return require_unmoved(open(), state, project);
    };
    for (const Behind behind : behinds) EXPECT_TRUE(looked(behind).has_value());
    moved("program", "two\n");
    EXPECT_TRUE(looked(Behind::merge).has_value());
    EXPECT_TRUE(looked(Behind::tag_only).has_value());
    const auto failed = looked(Behind::fail);
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().kind, Error::Kind::conflict);
}

TEST_F(Branch, ThatIsGoneIsNotMadeAgain) {
    remote.run({"update-ref", "-d", "refs/heads/main"});
    tip = git::ObjectId();
    const BranchPlan planned = plan().value();
    EXPECT_FALSE(planned.update);
    EXPECT_EQ(planned.merged, "");
    EXPECT_TRUE(planned.note.contains("not there any more")) << planned.note;
}

}  // namespace
}  // namespace lockstep::release
