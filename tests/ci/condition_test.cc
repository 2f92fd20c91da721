#include "ci/condition.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::ci {
namespace {

using Event = Situation::Event;
constexpr Answer no = Answer::no, unclear = Answer::unclear, yes = Answer::yes;

struct Row {
    const char* condition;
    Answer on_tag, on_branch;
};

TEST(GitHubCondition, TellsTagsFromBranches) {
    constexpr Row rows[] = {
        {"", yes, yes},
        {"true", yes, yes},
        {"${{ false }}", no, no},
        {"github.event_name != 'pull_request'", yes, yes},
        {"${{ github.event_name == 'pull_request' }}", no, no},
        {"startsWith(github.ref, 'refs/tags/')", yes, no},
        {"startsWith(github.ref, 'refs/tags/v')", yes, no},
        {"!startsWith(github.ref, 'refs/tags/')", no, yes},
        {"github.ref == 'refs/heads/main'", no, yes},
        {"'refs/heads/main' == github.ref", no, yes},
        {"github.ref_type == 'tag' && github.event_name == 'push'", yes, no},
        {"github.ref_name == 'main' || github.ref_type == 'tag'", yes, yes},
        {"(github.ref_type == 'tag')", yes, no},
        {"!(github.ref_type == 'tag')", no, yes},
        {"(github.ref_type == 'tag') && (github.actor == 'x')", unclear, no},
        {"github.repository == 'kite/kite'", unclear, unclear},
        {"github.repository == 'a||b' || github.ref_type == 'tag'", yes, unclear},
        {"secrets.TOKEN", unclear, unclear},
        {"success()", yes, yes},
        {"((((", unclear, unclear},
        {"!", unclear, unclear},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(holds_on_github(row.condition, {Event::tag, "v1.2.0"}), row.on_tag)
            << row.condition;
        EXPECT_EQ(holds_on_github(row.condition, {Event::branch, "main"}), row.on_branch)
            << row.condition;
    }
    EXPECT_EQ(holds_on_github("github.event_name == 'release'", {Event::release, "v1.2.0"}), yes);
    EXPECT_EQ(holds_on_github("github.event_name == 'push'", {Event::release, "v1.2.0"}), no);
}

TEST(GitLabCondition, TellsTagsFromBranches) {
    constexpr Row rows[] = {
        {"", yes, yes},
        {"$CI_COMMIT_TAG", yes, no},
        {"$CI_COMMIT_TAG == null", no, yes},
        {"$CI_COMMIT_TAG != null", yes, no},
        {"$CI_COMMIT_BRANCH", no, yes},
        {"$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", no, unclear},
        {"$CI_COMMIT_BRANCH == \"main\"", no, yes},
        {"$CI_COMMIT_TAG =~ /^v[0-9]+/", unclear, no},
        {"$CI_PIPELINE_SOURCE == \"merge_request_event\"", no, no},
        {"$CI_PIPELINE_SOURCE == 'push' && $CI_COMMIT_TAG", yes, no},
        {"$DEPLOY", unclear, unclear},
        {"$CI_MERGE_REQUEST_IID", no, no},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(holds_on_gitlab(row.condition, {Event::tag, "v1.2.0"}), row.on_tag)
            << row.condition;
        EXPECT_EQ(holds_on_gitlab(row.condition, {Event::branch, "main"}), row.on_branch)
            << row.condition;
    }
}

TEST(Condition, OfAnyDepthEnds) {
    const std::string deep(100'000, '(');
    EXPECT_EQ(holds_on_github(deep + "true" + std::string(100'000, ')'), {Event::tag, "v1"}),
              unclear);
    EXPECT_EQ(holds_on_github(std::string(100'000, '!'), {Event::tag, "v1"}), unclear);
}

}  // namespace
}  // namespace lockstep::ci
