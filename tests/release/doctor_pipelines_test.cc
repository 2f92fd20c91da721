#include "release/doctor_pipelines.h"

#include <gtest/gtest.h>

#include "support/memory_tree.h"

namespace lockstep::release {
namespace {

using Outcome = Check::Outcome;

PipelineSight sight_of(const testing::MemoryTree& tree,
                       const std::string& candidate = "refs/lockstep/candidates/v1.2.0") {
    return look_at_pipelines(tree, {.tag = "v1.2.0", .branch = "main"}, candidate);
}

project::Project built_by(project::Build::Driver driver) {
    project::Project project;
    project.images.push_back({.name = "registry.example.com/kite", .build = {.driver = driver}});
    return project;
}

constexpr const char* ships =
    "on: {push: {tags: ['v*']}}\njobs:\n  a:\n    steps:\n    - run: docker push kite\n";

TEST(DoctorPipelines, FindASecondDigest) {
    const auto judged = [](const testing::MemoryTree& tree) {
        const PipelineSight sight = sight_of(tree);
        return judge_second_digest(*sight.for_tag, sight.refs);
    };
    const Check pushes = judged({{".github/workflows/a.yml", ships}});
    EXPECT_EQ(pushes.outcome, Outcome::problem);
    EXPECT_TRUE(pushes.what.contains(".github/workflows/a.yml:5 `docker push kite`"))
        << pushes.what;
    EXPECT_EQ(judged({{".github/workflows/a.yml", "on: push\njobs: {}\n"}}).outcome, Outcome::ok);
    EXPECT_EQ(judged({{".github/workflows/a.yml", "on: ["}}).outcome, Outcome::unknown);
    EXPECT_EQ(judged({{".gitlab-ci.yml", "include: x\n"}}).outcome, Outcome::unknown);
    EXPECT_EQ(judged({{".gitlab-ci.yml", "a: {script: make ship}\n"}}).outcome, Outcome::unknown);
    EXPECT_EQ(judged({{"README.md", ""}}).outcome, Outcome::skipped);
}

TEST(DoctorPipelines, KnowWhetherCiBuildsTheCandidate) {
    const project::Project external = built_by(project::Build::Driver::external);
    const testing::MemoryTree on_main(
        {{".github/workflows/a.yml", "on: {push: {branches: [main]}}\njobs: {}\n"}});
    const testing::MemoryTree on_candidates(
        {{".github/workflows/a.yml", "on: {push: {branches: ['rc/**']}}\njobs: {}\n"}});
    const std::string branch = "refs/heads/rc/v1.2.0";
    EXPECT_EQ(judge_external_build(sight_of(on_candidates), external).outcome, Outcome::problem);
    EXPECT_EQ(judge_external_build(sight_of(on_main, branch), external).outcome, Outcome::problem);
    EXPECT_EQ(judge_external_build(sight_of(on_candidates, branch), external).outcome, Outcome::ok);
    EXPECT_EQ(judge_external_build(sight_of({}, branch), external).outcome, Outcome::unknown);
    EXPECT_EQ(
        judge_external_build(sight_of(on_main), built_by(project::Build::Driver::command)).outcome,
        Outcome::skipped);
}

TEST(DoctorPipelines, KnowTokensThatStartNothing) {
    const auto workflow = [](const std::string& with) {
        return "on: workflow_dispatch\njobs:\n  r:\n    steps:\n    - uses: actions/checkout@v4\n" +
               with + "    - run: lockstep release start minor --yes\n";
    };
    const auto judged = [](const std::string& text, project::Build::Driver driver) {
        const PipelineSight sight = sight_of({{".github/workflows/r.yml", text}});
        return judge_token(*sight.for_tag, built_by(driver)).outcome;
    };
    using enum project::Build::Driver;
    EXPECT_EQ(judged(workflow(""), external), Outcome::problem);
    EXPECT_EQ(judged(workflow(""), command), Outcome::ok);
    EXPECT_EQ(judged(workflow("      with: {token: '${{ secrets.PAT }}'}\n"), external),
              Outcome::ok);
    EXPECT_EQ(judged(workflow("      with: {token: '${{ secrets.GITHUB_TOKEN }}'}\n"), external),
              Outcome::problem);
    EXPECT_EQ(judged("on: push\njobs: {}\n", external), Outcome::skipped);
}

}  // namespace
}  // namespace lockstep::release
