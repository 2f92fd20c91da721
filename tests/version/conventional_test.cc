#include "version/conventional.h"

#include <gtest/gtest.h>

#include <vector>

namespace lockstep::version {
namespace {

// The examples of the specification itself.
TEST(Conventional, ReadsTheExamplesOfTheSpecification) {
    EXPECT_EQ(step_of("feat: allow provided config object to extend other configs\n\nBREAKING "
                      "CHANGE: `extends` key in config file is now used for extending other config "
                      "files\n"),
              Step::major);
    EXPECT_EQ(step_of("feat!: send an email to the customer when a product is shipped"),
              Step::major);
    EXPECT_EQ(step_of("feat(api)!: send an email to the customer when a product is shipped"),
              Step::major);
    EXPECT_EQ(step_of("chore!: drop support for Node 6\n\nBREAKING CHANGE: use JavaScript features "
                      "not available in Node 6.\n"),
              Step::major);
    EXPECT_EQ(step_of("docs: correct spelling of CHANGELOG"), std::nullopt);
    EXPECT_EQ(step_of("feat(lang): add Polish language"), Step::minor);
    EXPECT_EQ(step_of("fix: prevent racing of requests\n\nIntroduce a request id and a reference "
                      "to latest request.\n\nReviewed-by: Z\nRefs: #123\n"),
              Step::patch);
}

TEST(Conventional, KnowsTheForm) {
    EXPECT_EQ(step_of("FEAT: x"), Step::minor);
    EXPECT_EQ(step_of("Fix(Core): x\r\n\r\nbody\r\n"), Step::patch);
    for (const char* const message :
         {"", "feat", "feat:", "feat: ", "feat:x", "feat : x", "feat(): x", "feat(a: x",
          "feat! : x", "feat!(a): x", " feat: x", ": x", "fixup! feat: x", "Revert \"feat: x\"",
          "feature: x", "fixes: x", "Merge branch 'feat'\n\nfeat: x\n"})
        EXPECT_EQ(step_of(message), std::nullopt) << message;
}

TEST(Conventional, KnowsBreakingFooters) {
    EXPECT_EQ(step_of("docs: x\n\nBREAKING-CHANGE: y"), Step::major);
    EXPECT_EQ(step_of("fix: x\n\nRefs: #1\nBREAKING CHANGE: y"), Step::major);
    EXPECT_EQ(step_of("fix: x\n\nBREAKING CHANGE:\ny"), Step::major);
    EXPECT_EQ(step_of("fix: x\r\n\r\nBREAKING CHANGE: y\r\n"), Step::major);
    EXPECT_EQ(step_of("Drop it\n\nBREAKING CHANGE: y"), Step::major);
    EXPECT_EQ(step_of("fix: x\n\nbreaking change: y"), Step::patch);
    EXPECT_EQ(step_of("fix: x\n\nno BREAKING CHANGE: y"), Step::patch);
    EXPECT_EQ(step_of("fix: x\n\nBREAKING CHANGES\n"), Step::patch);
    EXPECT_EQ(step_of("fix: no BREAKING CHANGE: y"), Step::patch);
}

TEST(Conventional, TheLargestStepCounts) {
    const Version one = Version::parse("1.2.3").value();
    const Version zero = Version::parse("0.2.3").value();
    const std::vector<std::string> none = {"docs: x", "whatever"};
    const std::vector<std::string> fixes = {"docs: x", "fix: x"};
    const std::vector<std::string> features = {"fix: x", "feat: x", "fix: y"};
    const std::vector<std::string> breaks = {"feat: x", "fix!: x", "fix: y"};
    EXPECT_EQ(step_for({}, one), std::nullopt);
    EXPECT_EQ(step_for(none, one), std::nullopt);
    EXPECT_EQ(step_for(fixes, one), Step::patch);
    EXPECT_EQ(step_for(features, one), Step::minor);
    EXPECT_EQ(step_for(breaks, one), Step::major);
    EXPECT_EQ(step_for(breaks, zero), Step::minor);
    EXPECT_EQ(step_for(features, zero), Step::minor);
}

}  // namespace
}  // namespace lockstep::version
