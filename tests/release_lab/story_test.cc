#include "release_lab/story.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/scoped_variable.h"

namespace lockstep::release_lab {
namespace {

class Program : public ::testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_absent(LabSetup{})) GTEST_SKIP() << *why;
    }
};

TEST_F(Program, RunsInTheLab) {
    const Lab lab;
    const os::Captured rendered = run_lockstep(lab, {"render", "deploy/overlays/production"});
    EXPECT_EQ(rendered.exit.code, 0) << rendered.err;
    EXPECT_TRUE(rendered.out.contains("image: " + lab.image_name("kite") + ":v1.0.0\n"))
        << rendered.out;
    const os::Captured nothing = run_lockstep(lab, {"nothing"});
    EXPECT_EQ(nothing.exit.code, 2);
    EXPECT_EQ(nothing.out, "");
    EXPECT_TRUE(nothing.err.contains("nothing"));
}

TEST_F(Program, HasNothingOfTheTestersEnvironment) {
    const Lab lab;
    const testing::ScopedVariable variable("LOCKSTEP_CONFIG", "/nowhere");
    const os::Captured ran = run_lockstep(lab, {"render", "deploy/base"});
    EXPECT_EQ(ran.exit.code, 0) << ran.err;
    // A variable of the test's own is there.
    const os::Captured told =
        run_lockstep(lab, {"audit"}, {.set = {{"LOCKSTEP_CONFIG", "/nowhere"}}});
    EXPECT_TRUE(told.err.contains("/nowhere")) << told.err;
}

TEST_F(Program, FindsWhatTheLabReleasedRight) {
    // Images and all, as the registry has them.
    const Lab lab({.images = {"kite", "agent"}});
    std::string configuration = "name: kite\nimages:\n";
    for (const std::string& name : lab.image_names()) configuration += "  - name: " + name + "\n";
    std::ofstream(lab.home() + "/plain.yaml") << configuration;
    const os::Captured ran = run_lockstep(
        lab, {"verify", "v1.0.0"}, {.set = {{"LOCKSTEP_CONFIG", lab.home() + "/plain.yaml"}}});
    EXPECT_EQ(ran.exit.code, 0) << ran.out << ran.err;
}

TEST_F(Program, RunsSideBySide) {
    const Lab lab;
    os::Running one = start_lockstep(lab, {"render", "deploy/base"});
    os::Running other = start_lockstep(lab, {"render", "deploy/overlays/production"});
    const auto other_end = other.finish(), one_end = one.finish();
    ASSERT_TRUE(one_end && other_end);
    EXPECT_TRUE(one_end->exit.ok() && other_end->exit.ok());
    EXPECT_NE(one_end->out, other_end->out);
}

}  // namespace
}  // namespace lockstep::release_lab
