#include "version/next.h"

#include <gtest/gtest.h>

#include <string>

namespace lockstep::version {
namespace {

std::string after(const char* current, Step step, Stage stage = Stage::release) {
    const Result<Version> made = next(Version::parse(current).value(), step, stage);
    return made ? made->str() : to_string(made.error().kind);
}

TEST(Next, FollowsTheHabitsOfSemanticVersions) {
    struct Row {
        const char *current, *major, *minor, *patch, *rc, *minor_candidate;
    };
    for (const Row& row : std::initializer_list<Row>{
             {"1.2.3", "2.0.0", "1.3.0", "1.2.4", "1.2.4-rc.1", "1.3.0-rc.1"},
             {"1.2.4-rc.1", "2.0.0", "1.3.0", "1.2.4", "1.2.4-rc.2", "1.3.0-rc.1"},
             {"1.3.0-rc.1", "2.0.0", "1.3.0", "1.3.0", "1.3.0-rc.2", "1.3.0-rc.2"},
             {"2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0", "2.0.0-rc.2", "2.0.0-rc.2"},
             {"0.0.0", "1.0.0", "0.1.0", "0.0.1", "0.0.1-rc.1", "0.1.0-rc.1"},
             {"1.2.3+build.7", "2.0.0", "1.3.0", "1.2.4", "1.2.4-rc.1", "1.3.0-rc.1"},
             {"1.3.0-rc.9+b", "2.0.0", "1.3.0", "1.3.0", "1.3.0-rc.10", "1.3.0-rc.10"},
         }) {
        EXPECT_EQ(after(row.current, Step::major), row.major) << row.current;
        EXPECT_EQ(after(row.current, Step::minor), row.minor) << row.current;
        EXPECT_EQ(after(row.current, Step::patch), row.patch) << row.current;
        EXPECT_EQ(after(row.current, Step::rc), row.rc) << row.current;
        EXPECT_EQ(after(row.current, Step::rc, Stage::candidate), row.rc) << row.current;
        EXPECT_EQ(after(row.current, Step::minor, Stage::candidate), row.minor_candidate)
            << row.current;
    }
    EXPECT_EQ(after("1.3.0-rc.1", Step::major, Stage::candidate), "2.0.0-rc.1");
    EXPECT_EQ(after("1.2.3", Step::patch, Stage::candidate), "1.2.4-rc.1");
}

TEST(Next, KeepsHowCandidatesAreWritten) {
    EXPECT_EQ(after("1.2.0rc1", Step::rc), "1.2.0rc2");
    EXPECT_EQ(after("1.2.0.rc1", Step::rc), "1.2.0.rc2");
    EXPECT_EQ(after("1.2.0-RC9", Step::rc), "1.2.0-RC10");
    EXPECT_EQ(after("1.2.0-rc-1", Step::rc), "1.2.0-rc-2");
    EXPECT_EQ(after("1.2.0-rc", Step::rc), "1.2.0-rc.1");
    EXPECT_EQ(after("1.2.0-beta.2", Step::rc), "1.2.0-rc.1");
    EXPECT_EQ(after("1.2.0-alpha", Step::minor, Stage::candidate), "1.2.0-rc.1");
}

TEST(Next, KeepsTheCountOfNumbers) {
    EXPECT_EQ(after("1", Step::major), "2");
    EXPECT_EQ(after("1", Step::minor), "1.1");
    EXPECT_EQ(after("1.2", Step::minor), "1.3");
    EXPECT_EQ(after("1.2", Step::major), "2.0");
    EXPECT_EQ(after("1.2", Step::patch), "1.2.1");
    EXPECT_EQ(after("1.2.3.4", Step::patch), "1.2.4.0");
}

TEST(Next, SaysWhereThereIsNone) {
    EXPECT_EQ(after("2024.01.05", Step::patch), "unsupported");
    EXPECT_EQ(after("9223372036854775807.0.0", Step::major), "unsupported");
    EXPECT_EQ(after("9223372036854775807.0.0", Step::minor), "9223372036854775807.1.0");
    EXPECT_EQ(after("1.0.0-zeta.1", Step::rc), "unsupported");
    EXPECT_EQ(after("1.0.0-rc.1.2", Step::rc), "unsupported");
    EXPECT_EQ(after("1.0.0-rc.99999999999999999999", Step::rc), "unsupported");
}

}  // namespace
}  // namespace lockstep::version
